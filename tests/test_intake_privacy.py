"""Privacy at the door: what is recognised as personal data, and that it does not get into a canonical table."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from command_line import kohtaamo
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from intake_support import CUSTOMERS, dataset, engagement, problems, put, survey

from kohtaamo_utils.intake import read
from kohtaamo_utils.intake.columns.garbled import is_garbled
from kohtaamo_utils.intake.notes.personal_data import (
    CENTURIES,
    CHECK_SIGNS,
    heading_kind,
    is_identity_code,
    is_person,
    kinds_in,
    redacted,
)
from kohtaamo_utils.intake.people.privacy import Pseudonyms

CLIENT = "Esimerkki Oy"
PERSONNUMMER = ("811228-9874", "19811218-9876", "701063-2391", "811228\u20139874", "19811228+9874")
"""Examples on the pages of the Swedish Tax Agency, the third a coordination number."""
CODE = "131052-308T"
"""The example on the pages of the Digital and Population Data Services Agency; nobody bears it."""


@pytest.mark.parametrize(
    "text",
    [
        *("aino@esimerkki.fi", "Aino.Mäkelä+x@posti.esimerkki.co.uk", "o'brien_1@example-shop.com"),
        *("aino(at)esimerkki.fi", "aino [at] esimerkki.fi", "aino ( ät ) esimerkki.fi", "mailto:aino@esimerkki.fi"),
    ],
)
def test_emails_are_recognised(text: str) -> None:
    """An e-mail address is recognised, with a sign or the word "at"."""
    assert kinds_in(f"Kirjoita {text}.") == ("email",)
    assert "esimerkki" not in redacted(text)[0]
    assert "example" not in redacted(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        *("040 123 4567", "040-1234567", "0401234567", "(09) 123 4567", "09 1234567", "050 123 45 67", "0800 123 456"),
        *("+358 40 123 4567", "+358401234567", "+358 (0)40 123 4567", "00358 40 123 4567", "+46 70-123 45 67"),
        *("070-123 45 67", "+1 (212) 555-0123", "+44 20 7946 0958"),
    ],
)
def test_phone_numbers_are_recognised(text: str) -> None:
    """Finnish and Swedish numbers are recognised as people write them, and international ones by + or 00."""
    assert redacted(f"Soita {text}, kiitos") == ("Soita […], kiitos", {"phone": 1})


@pytest.mark.parametrize("sign", list("+-UVWXYABCDEF"))
def test_identity_codes_of_every_century(sign: str) -> None:
    """All century signs count, the ten of 2023 too; with a wrong check sign, day or number it is no code."""
    assert sign in CENTURIES
    code = f"131052{sign}308T"
    assert is_identity_code(code)
    assert is_identity_code(code.lower())
    assert redacted(f"hetu {code}!") == ("hetu […]!", {"identity_code": 1})
    assert not is_identity_code(f"131052{sign}308U")
    assert not is_identity_code(f"311152{sign}308{CHECK_SIGNS[311152308 % 31]}"), "November has thirty days"
    assert not is_identity_code(f"131052{sign}001{CHECK_SIGNS[131052001 % 31]}"), "numbers begin at 002"


def test_identity_code_with_a_typographic_hyphen() -> None:
    """What a word processor made of the hyphen does not hide a code."""
    assert redacted("131052–308T") == ("[…]", {"identity_code": 1})


@pytest.mark.parametrize(
    "text", ["192.168.0.10", "8.8.8.8", "2001:db8::8a2e:370:7334", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"]
)
def test_ip_addresses_are_recognised(text: str) -> None:
    """Addresses of both kinds are recognised."""
    assert redacted(f"IP {text} oli") == ("IP […] oli", {"ip_address": 1})


@pytest.mark.parametrize(
    "text",
    [
        *("4.7.2025", "04.07.2025", "01-02-2025", "2025-07-04 12:30:45", "klo 12:30", "versio 2.10.1", "300.1.2.999"),
        *("12 345,50 €", "0,1234567", "tilaus 12345678", "T24-00001", "FI21 1234 5600 0007 85", "a::b", "std::vector"),
        *("pisteet 10/10", "@kauppa", "y-tunnus 1234567-8", "131052-308U", "100 000 000", ""),
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    """Dates, times, sums, order numbers, versions and business ids are left as they are."""
    assert redacted(text) == (text, {})


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Sähköposti", "email"), ("E-post", "email"), ("Email Address", "email"), ("Sähköpostiosoite (vapaaehtoinen)", "email"),
        ("Matkapuhelin", "phone"), ("Telefonnummer", "phone"), ("Phone number", "phone"),
        ("Henkilötunnus", "identity_code"), ("Personbeteckning", "identity_code"), ("IP Address", "ip_address"),
        ("Etunimi", "name"), ("Efternamn", "name"), ("Last Name", "name"), ("RecipientFirstName", "name"),
        ("customer_name", "name"), ("Asiakkaan nimi:", "name"), ("STUDENTS FULL NAME", "name"),
        ("Myymälän nimi", None), ("Sähkölasku", None), ("Nimike", None), ("Puhelinpalvelu toimi", None), ("Name", None),
    ],
)  # fmt: skip
def test_headings(heading: str, kind: str | None) -> None:
    """A heading in Finnish, Swedish or English tells what its column holds; the name of a thing is no person's."""
    assert heading_kind(heading) == kind


def test_name_alone_depends_on_where_it_stands() -> None:
    """A heading "Name" may be a shop's: it is a person's only where the caller knows that no thing is meant."""
    assert [heading_kind(text, broad=True) for text in ("Nimi", "Namn", "Name")] == ["name"] * 3


def test_people_in_a_cell() -> None:
    """Two to four capitalised words are a name; a code, one word or a sentence is not."""
    assert is_person("Anna-Liisa O'Brien")
    assert not any(map(is_person, ("K 12", "Helsinki", "kyllä kiitos", "Hyvä palvelu täällä")))


def test_texts_are_redacted_and_counted(tmp_path: Path) -> None:
    """In mapped texts each match gives way to the mark; places are counted by kind, rows alike too."""
    text = "nps,unit,comment\n9,Oulu,Soita 040 1234567 tai a@b.fi ja c@d.fi\n9,x@y.fi,Hyvä\n9,x@y.fi,\n"
    found = survey(tmp_path, text)
    rows = found.tables["survey"]
    assert rows["comment"].fillna("").tolist() == ["Soita […] tai […] ja […]", "Hyvä", ""]
    assert rows["unit"].tolist() == ["Oulu", "[…]", "[…]"]
    assert {(entry.column, entry.rule): entry.count for entry in found.log.of("survey", "redacted")} == {
        ("comment", "email"): 2,
        ("comment", "phone"): 1,
        ("unit", "email"): 2,
    }


def test_names_by_heading_are_taken_out_of_texts(tmp_path: Path) -> None:
    """A text column whose heading says people's names is emptied; a shop's name stays."""
    text = "nps,Asiakkaan nimi,Nimi\n9,Aino Esimerkkilä,Oulu\n8,,Turku\n"
    found = survey(tmp_path, text, columns={"segment": "Asiakkaan nimi", "unit": "Nimi"})
    assert found.tables["survey"]["segment"].fillna("").tolist() == ["[…]", ""]
    assert found.tables["survey"]["unit"].tolist() == ["Oulu", "Turku"]
    assert [(entry.rule, entry.count) for entry in found.log.of("survey", "redacted")] == [("name", 1)]


@pytest.mark.parametrize("column", ["touchpoint", "channel", "segment", "segment.myyjä", "theme"])
def test_groups_of_people_are_refused(tmp_path: Path, column: str) -> None:
    """A column of groups that holds people's names is a problem that does not repeat them: reports would print each with a score."""
    rows = "9;Virtanen, Aino\n8;Pekka\n7;Kassa\n"
    columns = {"nps": "nps", column: "Palvelija"}
    (problem,) = problems(tmp_path, f"nps;Palvelija\n{rows}", columns=columns, constants=CUSTOMERS)
    assert (problem.kind, problem.row, problem.column, problem.value) == ("people", 2, "Palvelija", None)
    assert problem.message.startswith("2 of the 3 different values look like people's names")
    assert "Aino" not in str(problem) + problem.advice


def test_figures_called_by_people_are_refused(tmp_path: Path) -> None:
    """Operational figures of single people, such as calls by agent, are refused as groups of people are."""
    rows = "1/2025;Aino Virtanen;51\n1/2025;Pekka Laine;44\n1/2025;Puhelut;95\n"
    (problem,) = problems(tmp_path, f"month;measure;value\n{rows}", "operations")
    assert (problem.kind, problem.row, problem.column) == ("people", 2, "measure")


@pytest.mark.parametrize(
    ("column", "names"),
    [
        ("unit", "Aino Virtanen,Pekka Laine"),  # a team may be called by its leader's name
        ("touchpoint", "Maukas Laine Oy,Turunen Ky"),
        ("touchpoint", "Salo,Kassa,Verkkokauppa"),
        ("segment", "Keski-Suomi,Etelä-Savo,Kymenlaakso,Turku"),
        ("comment", "Pekka,Aino Virtanen"),
    ],
)
def test_groups_that_are_no_people_stay(tmp_path: Path, column: str, names: str) -> None:
    """Teams, companies, towns and what people wrote are not taken for people."""
    rows = "".join(f"9;{name}\n" for name in names.split(","))
    assert problems(tmp_path, f"nps;{column}\n{rows}", constants=CUSTOMERS) == ()


@pytest.mark.parametrize("text", PERSONNUMMER)
def test_swedish_numbers_are_recognised(text: str) -> None:
    """A Swedish personal identity number is taken out with its sign; companies' numbers, other check digits and days that cannot be are not."""
    assert redacted(f"Hennes nummer är {text}.") == ("Hennes nummer är […].", {"identity_code": 1})
    assert redacted(f"{text} {CODE}")[1] == {"identity_code": 2}
    for other in ("811228-9875", "556036-0793", "811328-9873", "A811228-9874", "811228-98745"):
        assert kinds_in(other) == ()


def test_identifiers_become_pseudonyms(tmp_path: Path) -> None:
    """E-mail addresses, identity codes and names as identifiers become p- and ten digits of the salted hash; codes stay."""
    text = f"response_id,nps\nAino@esimerkki.fi,9\n{CODE},8\nAino Esimerkkilä,7\nV-001,6\n040123456,5\n"
    found = survey(tmp_path, text)

    def expected(plain: str) -> str:
        return "p-" + hashlib.sha256(f"{CLIENT}\n{plain}".encode()).hexdigest()[:10]

    assert found.tables["survey"]["response_id"].tolist() == [
        *map(expected, ("aino@esimerkki.fi", CODE.lower(), "aino esimerkkilä")),
        *("V-001", "040123456"),
    ]
    assert {entry.rule: entry.count for entry in found.log.of("survey", "pseudonymised")} == {
        "email": 1,
        "identity_code": 1,
        "name": 1,
    }


def test_pseudonyms_join_tables(tmp_path: Path) -> None:
    """A customer has the same pseudonym in sales and in contracts, and another one with another client."""
    sales = put(tmp_path, "sales.csv", "customer_id,ordered_on,amount\nA@b.fi,2025-01-02,5\n")
    contracts = put(tmp_path, "contracts.csv", "customer_id,started_on\na@b.fi ,2024-01-01\n")
    found = read(engagement(tmp_path, {"transactions": {"file": sales}, "customers": {"file": contracts}}))
    assert (found.tables["transactions"]["customer_id"] == found.tables["customers"]["customer_id"]).all()
    assert Pseudonyms("A Oy").of("a@b.fi") != Pseudonyms("B Oy").of("a@b.fi")


def test_the_reviewee_stays(tmp_path: Path) -> None:
    """In a 360 review the rater becomes a pseudonym, and the person reviewed keeps name and identifier."""
    text = "reviewee_id,reviewee_name,rater_id,rater_group,item,score\nAino Esimerkkilä,Aino Esimerkkilä,Matti Meikäläinen,peer,Kuuntelee,5\n"
    row = dataset(tmp_path, text, "ratings_360").tables["ratings_360"].iloc[0]
    assert (row["reviewee_id"], row["reviewee_name"]) == ("Aino Esimerkkilä", "Aino Esimerkkilä")
    assert row["rater_id"] == Pseudonyms(CLIENT).of("Matti Meikäläinen")


def test_columns_that_are_not_read_are_logged(tmp_path: Path) -> None:
    """Each column that nothing maps is in the log with what it holds; mapped ones, and factors of a product, are not."""
    text = "customer_id,ordered_on,Qty,Price,Nimi,Yhteys,Muu\nA1,2025-01-02,2,3,Aino,a@b.fi,x\n"
    found = dataset(tmp_path, text, "transactions", columns={"amount": {"product": ["qty", "Price"]}})
    assert [(entry.column, entry.rule, entry.detail) for entry in found.log.of("transactions", "dropped")] == [
        ("Nimi", "name", "Nimi: holds people's names, not read"),
        ("Yhteys", "email", "Yhteys: holds e-mail addresses, not read"),
        ("Muu", "unmapped", "Muu: not mapped, not read"),
    ]
    assert set(found.tables["transactions"].columns) == {"customer_id", "ordered_on", "amount"}


def test_check_tells_what_was_kept_out(tmp_path: Path) -> None:
    """`kohtaamo check` says what was taken out, made into pseudonyms, and not read."""
    (tmp_path / "data.csv").write_text(
        "response_id,nps,comment,Email,A,B\na@b.fi,9,c@d.fi,e@f.fi,1,2\n", encoding="utf-8"
    )
    settings = (
        "client: A\nlanguage: en\nsources:\n  survey: {file: data.csv, constants: {respondent_group: customer}}\n"
    )
    (tmp_path / "engagement.yaml").write_text(settings, encoding="utf-8")
    done = kohtaamo("check", tmp_path, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines() if "perspective" not in line]
    assert lines[-4:] == [
        "data.csv: e-mail addresses in response_id made into pseudonyms (1)",
        "data.csv: e-mail addresses taken out of comment (1)",
        "data.csv: Email: holds e-mail addresses, not read",
        "data.csv: not mapped, not read: A, B",
    ]
    assert "a@b.fi" not in done.stdout


ADDRESSES = st.emails().filter(str.isprintable)
AROUND = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs", "Po")), max_size=12)


@settings(max_examples=60)
@given(
    address=ADDRESSES,
    before=AROUND,
    after=AROUND,
    column=st.sampled_from(["comment", "unit", "response_id", "segment"]),
)
def test_no_address_survives(address: str, before: str, after: str, column: str) -> None:
    """Whatever stands around an e-mail address, and in whichever column, no canonical table holds it."""
    said = f"{before} {address} {after}"
    assume("," not in address and not is_garbled(said, column))
    line = io.StringIO()
    csv.writer(line).writerows([["nps", column], [9, said]])
    with TemporaryDirectory() as name:
        source = {"file": put(Path(name), "data.csv", line.getvalue()), "separator": ",", "constants": CUSTOMERS}
        rows = read(engagement(Path(name), {"survey": source})).tables["survey"]
    assert address.casefold() not in " ".join(map(str, rows[column])).casefold()
