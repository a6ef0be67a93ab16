"""Remarks from interviews, observation and development talks, as the consultants wrote them down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from .chance import stream
from .files import Row, write_csv
from .world import WEAK

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("Päivä", "Laji", "Kohtaamispiste", "Yksikkö", "Kuka", "Havainto", "Teema")

_SHOP, _TILL, _PHONE, _SERVICE, _WEB = (
    "Myymäläneuvonta",
    "Kassa ja nouto",
    "Puhelin- ja chatneuvonta",
    "Huoltokäynti",
    "Verkkokauppa ja ajanvaraus",
)
_TALK, _WATCH, _REVIEW = "haastattelu", "havainnointi", "kehityskeskustelu"

# kind, touchpoint, unit, respondent group, remark, theme (blank: not coded yet)
REMARKS: tuple[tuple[str, str | None, str | None, str, str, str | None], ...] = (
    (
        _TALK,
        WEAK,
        "Helsinki",
        "customer",
        "Asiakas kertoi vian neljännelle ihmiselle ja oli tuonut omat muistiinpanot.",
        "asian toistaminen",
    ),
    (
        _WATCH,
        WEAK,
        "Tampere",
        "employee",
        "Palautustiskillä tiedot kirjattiin paperille, koska järjestelmä avautui hitaasti.",
        "asian toistaminen",
    ),
    (
        _WATCH,
        WEAK,
        "Espoo",
        "employee",
        "Myyjä ei nähnyt, mitä puhelinpalvelu oli edellisenä päivänä luvannut.",
        "asian toistaminen",
    ),
    (_TALK, WEAK, None, "customer", "Odotin soittoa koko viikon. Lopulta soitin itse.", "odottaminen"),
    (
        _TALK,
        WEAK,
        "Turku",
        "employee",
        "Pieneenkin hyvitykseen pitää pyytää lupa, ja luvan antaja on usein vapaalla.",
        "valtuudet",
    ),
    (_REVIEW, WEAK, "Oulu", "employee", "Reklamaatiovuoro koetaan rangaistukseksi.", None),
    (
        _TALK,
        WEAK,
        "Helsinki",
        "supervisor",
        "Reklamaatioille ei ole omistajaa: myymälä, huolto ja tuki hoitavat kukin osansa.",
        "vastuu",
    ),
    (
        _WATCH,
        _SHOP,
        "Espoo",
        "employee",
        "Myyjä kysyi ensin käyttötarkoituksen ja esitteli vasta sitten kaksi vaihtoehtoa.",
        "asiantuntemus",
    ),
    (
        _WATCH,
        _SHOP,
        "Turku",
        "customer",
        "Iäkäs asiakas sai rauhassa kokeilla laitetta, kukaan ei hoputtanut.",
        "kuunteleminen",
    ),
    (
        _WATCH,
        _SHOP,
        "Tampere",
        "employee",
        "Kaksi myyjää järjesteli hyllyä, kun kolme asiakasta etsi apua.",
        "läsnäolo",
    ),
    (_TALK, _SHOP, "Oulu", "customer", "Tänne tullaan, koska täällä osataan neuvoa.", "asiantuntemus"),
    (_REVIEW, _SHOP, "Helsinki", "employee", "Toivoo tuotekoulutusta ennen sesonkia eikä sen jälkeen.", "osaaminen"),
    (
        _WATCH,
        _TILL,
        "Helsinki",
        "customer",
        "Perjantaina kello 16.30 jonossa oli 14 ihmistä ja yksi kassa auki.",
        "jono",
    ),
    (
        _WATCH,
        _TILL,
        "Espoo",
        "employee",
        "Kassa kiitti asiakasta nimeltä, kun näki kanta-asiakaskortin.",
        "ystävällisyys",
    ),
    (_TALK, _TILL, "Oulu", "employee", "Nouto ja palautus samalla tiskillä sekoittavat jonon joka lauantai.", "jono"),
    (
        _TALK,
        _PHONE,
        None,
        "employee",
        "Puhelun aikana pitää availla viittä eri ikkunaa, ja silti historia puuttuu.",
        "järjestelmät",
    ),
    (
        _WATCH,
        _PHONE,
        None,
        "employee",
        "Neuvoja toisti asiakkaan ongelman omin sanoin ennen kuin ehdotti mitään.",
        "kuunteleminen",
    ),
    (_TALK, _PHONE, None, "customer", "Chat vastaa nopeasti, mutta ohjaa aina soittamaan.", None),
    (_TALK, _SERVICE, "Tampere", "customer", "Asentaja kertoi selvästi, mitä teki ja mitä se maksaa.", "luottamus"),
    (
        _REVIEW,
        _SERVICE,
        "Turku",
        "employee",
        "Haluaisi soittaa asiakkaalle itse eikä lähettää viestiä järjestelmästä.",
        None,
    ),
    (_TALK, _WEB, None, "customer", "Ajanvaraus onnistui puhelimella vasta kolmannella yrittämällä.", "sovellus"),
    (
        _TALK,
        None,
        "Tampere",
        "supervisor",
        "Meillä asiakkaat viihtyvät, palautteet koskevat lähinnä muita myymälöitä.",
        "itsearvio",
    ),
    (
        _TALK,
        None,
        "Espoo",
        "supervisor",
        "Johto kysyy lukuja useammin kuin sitä, miltä asiakkaista tuntuu.",
        "johtaminen",
    ),
    (
        _REVIEW,
        None,
        "Oulu",
        "employee",
        "Sai kiitosta kollegalta ensimmäistä kertaa pitkään aikaan, merkitsi paljon.",
        "kiittäminen",
    ),
    (
        _TALK,
        None,
        None,
        "management",
        "Haluamme tietää, mihin kohtaamiseen seuraava euro kannattaa panna.",
        "tavoitteet",
    ),
)


def write(folder: Path) -> None:
    """Write ``havainnot.csv`` into the folder, in Windows' old encoding as older Excel saves it."""
    rng = stream("havainnot")
    days = sorted(date(2025, 9, 1) + timedelta(days=int(rng.integers(0, 75))) for _ in REMARKS)
    order = rng.permutation(len(REMARKS))
    rows: list[Row] = []
    for day, index in zip(days, order, strict=True):
        kind, point, unit, who, remark, theme = REMARKS[int(index)]
        cells = (day, kind, point, unit, who, remark, theme)
        rows.append(dict(zip(COLUMNS, cells, strict=True)))
    write_csv(folder / "havainnot.csv", rows, COLUMNS, encoding="cp1252")
