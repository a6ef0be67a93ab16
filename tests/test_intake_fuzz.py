"""Whatever has happened to a file, intake reads it rightly or says clearly what is wrong with it."""

from __future__ import annotations

import faulthandler
import io
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
from intake_support import CUSTOMERS, engagement, put
from mutations import MUTATIONS, Mutant, Original
from ruamel.yaml import YAML
from test_intake_tools import FORMS, QUALTRICS_360, TYPEFORM, WEBROPOL
from witness import contradiction, rows_in, witnessed

from kohtaamo_utils.intake import Dataset, check

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = 5_000
"""Mutated files of the whole test."""
FEW = 300
"""Mutated files of the daily test."""
BATCH = 50
ROWS = 60
"""Rows of the sample's files that are mutated."""
LIMIT = 20.0
"""Seconds that reading a file may take; beyond twice that the process is ended, for a hang cannot be waited for."""
CP1252 = {"data/havainnot.csv", "data/myynti_2024.csv"}
"""The sample's files that are not UTF-8."""

FORMS_ROWS = "".join(
    f"{row},{row}.7.2025 9.01.10,{row}.7.2025 9.03.22,,,{row % 11},Kassa,hyvä\n" for row in range(1, 13)
)
GOOGLE_ROWS = "".join(f"{row}.5.2020 16.42.36,{row % 5 + 1},{5 - row % 5}\n" for row in range(1, 15))
LIME_HEAD = "id. Response ID,submitdate. Date submitted,lastpage. Last page,startlanguage. Start language,A8[SQ001]. Palvelu [Kassa]\n"
LIME_ROWS = "".join(f"{row},2025-01-{row:02} 10:00:00,1,fi,{row % 5 + 1}\n" for row in range(1, 15))
MONKEY_ROWS = "".join(f"{row},Kassa,,{row % 11}\n" for row in range(1, 15))
FORM_ROWS = "".join(
    f"b{row},{row % 11},completed,2024-10-{row:02} 02:39:31,,2024-10-{row:02} 02:41:38,653e\n" for row in range(1, 13)
)
TOOLS: dict[str, tuple[str, dict[str, Any], int]] = {
    "ms_forms": (
        f"{FORMS['fi']},NPS,Missä?,Vapaa sana\n{FORMS_ROWS}",
        {"answered_on": "Aloitusaika", "nps": "NPS", "touchpoint": "Missä?", "comment": "Vapaa sana"},
        1,
    ),
    "google_forms": (
        f"Aikaleima,Palvelu [Kassa],Palvelu [Myynti]\n{GOOGLE_ROWS}",
        {"answered_on": "Aikaleima", "csat": "Palvelu [Kassa]"},
        1,
    ),
    "webropol": (
        WEBROPOL[2] + "".join(f"{row};{row % 11};5;4;huono\n" for row in range(3, 15)),
        {"nps": "Suosittelu", "csat": "Kassa"},
        2,
    ),
    "typeform": (
        TYPEFORM + FORM_ROWS,
        {"response_id": "#", "nps": "How likely?", "answered_on": "Submit Date (UTC)"},
        1,
    ),
    "limesurvey": (LIME_HEAD + LIME_ROWS, {"csat": "A8[SQ001]", "answered_on": "submitdate"}, 1),
    "surveymonkey": (
        f"Respondent ID,Missä asioit?,,NPS\n,Kassa,Myynti,Response\n{MONKEY_ROWS}",
        {"nps": "NPS", "touchpoint": "Kassa", "response_id": "Respondent ID"},
        2,
    ),
}


def sample_sources(project: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the sample's tables, files and blocks of settings, one file at a time."""
    settings = YAML(typ="safe", pure=True).load((project / "data" / "sample" / "engagement.yaml").read_text("utf-8"))
    for table, blocks in settings["sources"].items():
        for block in blocks if isinstance(blocks, list) else [blocks]:
            files = block["file"] if isinstance(block["file"], list) else [block["file"]]
            yield from ((table, file, {key: value for key, value in block.items() if key != "file"}) for file in files)


def cut_workbook(data: bytes) -> bytes:
    """Return a workbook with its first rows only."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        sheet.delete_rows(ROWS + 1, sheet.max_row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def originals(project: Path) -> list[Original]:
    """Return the sample's files, cut short, and an export of each survey tool."""
    found = []
    for table, file, source in sample_sources(project):
        data = (project / "data" / "sample" / file).read_bytes()
        if file.endswith(".xlsx"):
            found.append(Original(file, cut_workbook(data), table, source, suffix=".xlsx"))
            continue
        lines = data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)[:ROWS]
        encoding = "cp1252" if file in CP1252 else "utf-8"
        items = source.get("wide", {}).get("items", ())
        ratings = sum(map(len, items.values())) if isinstance(items, dict) else len(items)
        found.append(Original(file, b"".join(lines), table, source, encoding, ";", ratings=ratings or 1))
    for name, (text, columns, depth) in TOOLS.items():
        source = {"columns": columns, "constants": CUSTOMERS, "format": name}
        found.append(
            Original(name, text.encode(), "survey", source, "utf-8", ";" if name == "webropol" else ",", depth)
        )
    found += typed_originals()
    wide = {"wide": {"items": {"listening": ["Kuuntelee"], "trust": ["Luottaa"]}}, "format": "qualtrics"}
    found.append(Original("qualtrics", QUALTRICS_360.encode(), "ratings_360", wide, depth=3, ratings=2))
    return found


def typed_originals() -> list[Original]:
    """Return a Parquet and an SPSS file, which know their types."""
    days = pd.date_range("2025-01-01", periods=ROWS, unit="ns")
    sales = pd.DataFrame(
        {
            "Asiakas": [f"A{row % 17:02}" for row in range(ROWS)],
            "Pvm": days,
            "Summa": [row * 1.25 - 20 for row in range(ROWS)],
        }
    )
    target = io.BytesIO()
    sales.to_parquet(target, index=False, compression=None)
    columns = {"customer_id": "Asiakas", "ordered_on": "Pvm", "amount": "Summa"}
    found = [Original("parquet", target.getvalue(), "transactions", {"columns": columns}, suffix=".parquet")]
    pyreadstat = pytest.importorskip("pyreadstat")
    scores = [[float(row % 11), float(row % 5 + 1), f"Myymälä {row % 3}"] for row in range(ROWS)]
    labels = ["Suosittelu", "Tyytyväisyys", "Toimipiste"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "data.sav")
        pyreadstat.write_sav(pd.DataFrame(scores, columns=["q1", "q2", "q3"]), path, column_labels=labels)
        content = path.read_bytes()
    source = {"columns": {"nps": labels[0], "csat": labels[1], "unit": labels[2]}, "constants": CUSTOMERS}
    return [*found, Original("spss", content, "survey", source, suffix=".sav")]


def reading(folder: Path, original: Original, content: bytes) -> tuple[tuple[Any, ...], Dataset | None]:
    """Read a file as the original's settings say, within the time limit."""
    file = put(folder, f"data{original.suffix}", content)
    made = engagement(folder, {original.table: {"file": file, **original.source}}, review_360={"reverse": "already"})
    faulthandler.dump_traceback_later(2 * LIMIT, exit=True, file=sys.__stderr__)
    start = time.monotonic()
    try:
        return check(made)
    finally:
        faulthandler.cancel_dump_traceback_later()
        assert time.monotonic() - start < LIMIT


def rows_of(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return a table's rows as texts, so that rows of two tables can be compared."""
    return list(frame.astype(object).where(frame.notna(), "").astype(str).itertuples(index=False, name=None))


def agrees(mutant: Mutant, frame: pd.DataFrame, original: pd.DataFrame, ratings: int) -> bool:
    """Tell whether a table that was read of a mutated file is what the mutation leaves of the original's."""
    if mutant.keeps == "problems" or list(frame.columns) != list(original.columns):
        return False
    came, were = rows_of(frame), rows_of(original)
    if mutant.keeps == "table" and mutant.touched == 0:
        return came == were
    if mutant.keeps == "first_rows":
        whole = max(len(came) - mutant.touched * ratings, 0)
        return len(came) <= len(were) and came[:whole] == were[:whole]
    most = mutant.touched * ratings
    new, gone = Counter(came) - Counter(were), Counter(were) - Counter(came)
    return new.total() <= most and gone.total() <= most


def fuzz(folder: Path, project: Path, numbers: range) -> None:
    """Mutate, read and compare the files of these numbers."""
    files = originals(project)
    tables: dict[str, pd.DataFrame] = {}
    for number in numbers:
        original = files[number % len(files)]
        if original.name not in tables:
            problems, dataset = reading(folder, original, original.content)
            assert dataset is not None, problems
            tables[original.name] = dataset.tables[original.table]
            assert not contradiction(original.table, tables[original.name], witnessed(original, original.content))
        mutations = MUTATIONS[original.suffix]
        mutate = mutations[number // len(files) % len(mutations)]
        mutant = mutate(original, random.Random(number))  # noqa: S311 - repeatable, not secret
        said = f"file {number}: {original.name}, {mutate.__name__}"
        problems, dataset = reading(folder, original, mutant.content)
        for problem in problems:
            assert all((problem.kind, problem.file, problem.message, problem.advice)), f"{said}: {problem}"
            assert len(str(problem)) < 10_000, f"{said}: {str(problem)[:200]}"
        assert problems or dataset is not None, said
        if dataset is not None:
            read = dataset.tables[original.table]
            assert agrees(mutant, read, tables[original.name], original.ratings), f"{said}: silently wrong"
            wrong = contradiction(original.table, read, witnessed(original, mutant.content))
            assert not wrong, f"{said}: silently wrong, {wrong}"
            counted = rows_in(original, mutant.content)
            came = dataset.log.rows_in(original.table) // original.ratings
            assert counted in {None, came}, f"{said}: {counted} rows came, {came} are accounted for"


@pytest.mark.parametrize("start", range(0, FEW, BATCH))
def test_mutated_files(tmp_path: Path, project: Path, start: int) -> None:
    """A mutated file gives what the original gave, where it was not touched, or problems that say what to do."""
    fuzz(tmp_path, project, range(start, start + BATCH))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(FEW, FILES, BATCH))
def test_thousands_of_mutated_files(tmp_path: Path, project: Path, start: int) -> None:
    """The same holds for all five thousand."""
    fuzz(tmp_path, project, range(start, start + BATCH))


def _minus_lost(text: str, *_: object) -> str:
    return text.strip().lstrip("-")


DEFECTS: dict[str, tuple[str, Any]] = {
    "minus signs are lost": ("kohtaamo_utils.intake.values.parse_numbers.tidy", _minus_lost),
    "rows with too many cells are dropped in silence": (
        "kohtaamo_utils.intake.sheets.sheet._too_many",
        lambda *_: None,
    ),
    "any bytes are read as cp1252": ("kohtaamo_utils.intake.sheets.decoding._guess", lambda *_: "cp1252"),
    "cells that are no numbers are empty": ("kohtaamo_utils.intake.values.parse_numbers._wrong", lambda _: None),
}
"""Defects that intake might have: what of it is replaced, and by what."""


@pytest.mark.slow
@pytest.mark.parametrize("defect", DEFECTS)
def test_planted_defects_are_found(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, defect: str) -> None:
    """The test of mutated files is able to fail: it finds each of these defects among its first files."""
    target, replacement = DEFECTS[defect]
    monkeypatch.setattr(target, replacement)
    with pytest.raises((AssertionError, AttributeError)):
        fuzz(tmp_path, project, range(FEW * 2))
