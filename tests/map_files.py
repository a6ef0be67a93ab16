"""Files as clients send them, for the tests of `kohtaamo map`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd
from ruamel.yaml import YAML

from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake.proposing import Outcome, propose

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = "client: Esimerkki Oy   # the client\nlanguage: en\n\n# last remark\n"
MOVING = (
    "Partner;Paikkakunta;Kuinka palvelu onnistui? Asteikolla 1-5.;Kuinka todennäköisesti suosittelisit meitä ystävällesi?;"
    "Mistä löysit meidät?;Mitä hyvää palvelussa oli?;Sähköposti;Last Modified\n"
)


def rows(*columns: list[object], sep: str = ";") -> str:
    """Return lines of a file from its columns."""
    return "".join(sep.join(map(str, row)) + "\n" for row in zip(*columns, strict=True))


def moving(scores: list[int]) -> str:
    """Return a moving company's feedback with these answers to the question whether one would recommend."""
    n = len(scores)
    towns = ["Oulu", "Turku"] * n
    return MOVING + rows(
        ["A", "B"] * (n // 2), towns[:n], [5, 4] * (n // 2), scores, ["netti"] * n, ["Kiitos, soita 040 1234567"] * n,
        [f"aino{number}@esimerkki.fi" for number in range(n)], ["2025-01-02"] * n,
    )  # fmt: skip


TEN = [0, 10, 9, 8, 7, 10, 3, 10, 9, 6]
FORMS = (
    "ID,Start time,Completion time,Email,Name,How likely are you to recommend us to a friend? (0-10),"
    "How satisfied are you with the quality of school lunch? (10 is the highest),Please explain your rating\n"
    "1,8/20/25 12:51:45,8/20/25 12:55:45,a@b.fi,Aino Esimerkkilä,9,10,Hyvää\n"
    "2,8/21/25 12:51:45,8/21/25 12:55:45,anonymous,Anonymous,0,3,\n"
)
SALES = "CustomerID,InvoiceNo,InvoiceDate,Total\n" + rows(
    ["A1", "A2", "A1"], ["T1", "T2", "T3"], ["2024-01-02", "2024-01-03", "2024-02-03"], [10.5, 20, 7], sep=","
)
STAFF = "Anställningsnummer;Anställningsdatum;Slutdatum;Månadslön;Avdelning;Namn\n" + rows(
    [1, 2, 3], ["1.5.2020", "3.6.2021", "20.7.2022"], ["", "30.9.2024", ""], [3000, "3100,50", 2900], ["A", "B", "A"],
    ["Aino E", "Matti M", "Liisa L"],
)  # fmt: skip
RATINGS = "Arvioitava;Arvioitavan nimi;Arvioija;Suhde arvioitavaan;Väittämä;Arvio;Kompetenssi;Kommentti\n" + rows(
    ["r1"] * 4, ["Aino Esimerkkilä"] * 4, ["Matti Meikäläinen", "a2", "a3", "a4"], ["self", "kollega", "esihenkilö", "peer"],
    ["Kuuntelee"] * 4, [5, 4, 3, 4], ["listening"] * 4, ["", "Hyvä", "", ""],
)  # fmt: skip


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    """Return an Excel workbook with these sheets."""
    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="openpyxl") as writer:
        for name, lines in sheets.items():
            pd.DataFrame(lines).to_excel(writer, sheet_name=name, header=False, index=False)
    return stream.getvalue()


def folder_of(folder: Path, files: dict[str, str | bytes], text: str = CLIENT) -> Path:
    """Make an engagement with these files in its folder data."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (folder / "data" / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    (folder / "engagement.yaml").write_bytes(text.encode())
    return folder


FILES = {
    "palaute.csv": moving(TEN), "forms.csv": FORMS, "sales.csv": SALES, "personal.csv": STAFF, "arviot_360.csv": RATINGS,
}  # fmt: skip


def proposed(folder: Path, files: dict[str, str | bytes], text: str = CLIENT) -> Outcome:
    """Return what is proposed for an engagement with these files."""
    return propose(load(folder_of(folder, files, text)), text)


def sources(outcome: Outcome) -> dict:
    """Return the sources of the settings after the proposals."""
    return YAML(typ="safe").load(outcome.text).get("sources", {})


def reason(outcome: Outcome, name: str) -> str:
    """Return the one reason that is given for a canonical column."""
    [found] = [each for each in outcome.proposals if each.name == name]
    assert not found.written
    return found.reason
