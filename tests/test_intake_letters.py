"""The same word is the same however its letters were stored; words whose letters are lost are refused."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from intake_support import CUSTOMERS, dataset, engagement, problems, put, survey

from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import read

if TYPE_CHECKING:
    from pathlib import Path


def apart(text: str) -> str:
    """Return a text as a Mac may store it: letters and their marks as characters of their own."""
    return unicodedata.normalize("NFD", text)


TEXT = "Myymälä;Tyytyväisyys\nKäpylä;Täysin samaa mieltä\nKäpylä;Eri mieltä\nKäpylä;Samaa mieltä\n"
COLUMNS = {"unit": "Myymälä", "csat": "Tyytyväisyys"}


@pytest.mark.parametrize("kind", ["csv", "excel", "parquet"])
def test_letters_and_their_marks(tmp_path: Path, kind: str) -> None:
    """Headings, names and answers of a Mac are those of the settings, in every kind of file."""
    head, *rows = [apart(line).split(";") for line in TEXT.splitlines()]
    frame = pd.DataFrame(rows, columns=head)
    file = f"data.{ {'csv': 'csv', 'excel': 'xlsx', 'parquet': 'parquet'}[kind] }"
    if kind == "csv":
        put(tmp_path, file, apart(TEXT))
    elif kind == "excel":
        frame.to_excel(tmp_path / file, index=False, engine="openpyxl")
    else:
        frame.to_parquet(tmp_path / file)
    found = read(engagement(tmp_path, {"survey": {"file": file, "columns": COLUMNS, "constants": CUSTOMERS}}))
    table = found.tables["survey"]
    assert table["unit"].tolist() == ["Käpylä"] * 3
    assert table["csat"].tolist() == [5.0, 2.0, 4.0]


def test_spss_letters_and_their_marks(tmp_path: Path) -> None:
    """SPSS's labels and words are composed too."""
    pyreadstat = pytest.importorskip("pyreadstat")
    frame = pd.DataFrame({"q1": [1.0, 2.0], "q2": [5.0, 4.0]})
    labels = {
        "column_labels": [apart("Myymälä"), apart("Tyytyväisyys")],
        "variable_value_labels": {"q1": {1: apart("Käpylä"), 2: "Turku"}},
    }
    pyreadstat.write_sav(frame, tmp_path / "data.sav", **labels)
    found = read(engagement(tmp_path, {"survey": {"file": "data.sav", "columns": COLUMNS, "constants": CUSTOMERS}}))
    assert found.tables["survey"]["unit"].tolist() == ["Käpylä", "Turku"]


def test_flags_and_ids_of_a_mac(tmp_path: Path) -> None:
    """Yes, no and identifiers are read alike: the same id stored in two ways is one id."""
    text = apart("customer_id;tenure_months;ended\nÄ1;5;Kyllä\nÖ2;6;EPÄTOSI\n")
    found = dataset(tmp_path, text, "customers").tables["customers"]
    assert found["ended"].tolist() == [True, False]
    twice = apart("customer_id;tenure_months;ended\nÄ1;5;0\n") + "Ä1;5;0\n"
    assert [problem.kind for problem in problems(tmp_path, twice, "customers")] == ["duplicate_key"]


def test_settings_and_file_names_of_a_mac(tmp_path: Path) -> None:
    """The settings and the file's own name may come from a Mac while the other does not."""
    source = "sources: {survey: {file: data/käpylä.csv, columns: {unit: Myymälä, csat: Tyytyväisyys}, constants: {respondent_group: customer}}}\n"
    (tmp_path / "engagement.yaml").write_text("client: Yritys\n" + apart(source), encoding="utf-8")
    (tmp_path / "data").mkdir()
    put(tmp_path / "data", apart("käpylä.csv"), TEXT)
    assert len(read(load(tmp_path)).tables["survey"]) == 3


def test_lost_letters_in_names(tmp_path: Path) -> None:
    """A sign in the place of a lost letter is refused in names, and left in what people wrote."""
    (problem,) = problems(tmp_path, "unit;nps\nK\ufffdpyl\ufffd;9\nTurku;8\n", constants=CUSTOMERS)
    assert (problem.kind, problem.row, problem.column) == ("garbled", 2, "unit")
    assert "as UTF-8" in problem.advice
    kept = survey(tmp_path, "nps;comment\n9;Hyv\ufffd!\n").tables["survey"]
    assert kept["comment"].tolist() == ["Hyv\ufffd!"]


@pytest.mark.parametrize("column", ["unit", "comment"])
def test_letters_encoded_twice(tmp_path: Path, column: str) -> None:
    """UTF-8 that was read as cp1252 and saved again is refused wherever it shows, in comments too."""
    twice = "Käpylä".encode().decode("cp1252")
    (problem,) = problems(tmp_path, f"nps;{column}\n9;{twice}\n", constants=CUSTOMERS)
    assert problem.kind == "garbled"
    assert "one encoding and saved in another" in problem.message


@pytest.mark.parametrize("text", ["Ã–kylä", "É", "Æbleskiver", "São Paulo", "Ångström – Öja", "Ä…", "50 € “hyvä”"])
def test_foreign_letters_are_not_garbled(tmp_path: Path, text: str) -> None:
    """Letters and signs of other languages are no damage; only the pair that Ö becomes is."""
    kinds = {problem.kind for problem in problems(tmp_path, f"nps;unit\n9;{text}\n", constants=CUSTOMERS)}
    assert kinds == ({"garbled"} if text.startswith("Ã") else set())


def test_one_spelling(tmp_path: Path) -> None:
    """A unit spelled in several ways is one unit, by the spelling used most; each other one is logged."""
    text = (
        "nps;unit\n9;Helsinki  keskusta\n8;Helsinki keskusta\n7;HELSINKI KESKUSTA\n6;Helsinki\xa0keskusta \n5;Turku\n"
    )
    found = survey(tmp_path, text)
    assert found.tables["survey"]["unit"].tolist() == ["Helsinki keskusta"] * 4 + ["Turku"]
    details = [entry.detail for entry in found.log.of("survey", "inferred") if entry.rule == "spelling"]
    assert "HELSINKI KESKUSTA in unit read as Helsinki keskusta" in details
    assert len(details) == 3


def test_one_spelling_over_files(tmp_path: Path) -> None:
    """Files of one source share their spellings, and a month's figure given twice is then seen."""
    put(tmp_path, "a.csv", "month;measure;value;unit\n2025-01;Valitukset;5;Turku\n2025-02;Valitukset;5;Turku\n")
    put(tmp_path, "b.csv", "month;measure;value;unit\n2025-01;valitukset;6;TURKU\n")
    made = engagement(tmp_path, {"operations": {"file": ["a.csv", "b.csv"]}})
    with pytest.raises(Exception, match=r"(?s)b\.csv, row 2.*Row 2 of a\.csv already has the same value"):
        read(made)


def test_what_people_wrote_keeps_its_spelling(tmp_path: Path) -> None:
    """Comments are nobody's category: they stay as they were written."""
    comments = ["Hyvä", "HYVÄ", "hyvä"]
    assert survey(tmp_path, "nps;comment\n9;Hyvä\n9;HYVÄ\n9;hyvä\n").tables["survey"]["comment"].tolist() == comments


def test_reversed_item_in_several_spellings(tmp_path: Path) -> None:
    """An item that is reversed is reversed in each of its spellings."""
    rows = "r1;a;peer;Keskeyttää;5\nr1;b;peer;keskeyttää;5\nr1;c;peer;Keskeyttää ;1\n"
    found = dataset(
        tmp_path, f"reviewee_id;rater_id;rater_group;item;score\n{rows}", "ratings_360", reverse=["Keskeyttää"]
    )
    assert found.tables["ratings_360"]["score"].tolist() == [1.0, 1.0, 5.0]
    assert set(found.tables["ratings_360"]["item"]) == {"Keskeyttää"}


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("Tyyty\u00advi\u00adsyys", "Tyytyvisyys"),
        ("Suosittelisitko ”meitä”?", 'Suosittelisitko "meitä"?'),
        ("Asteikolla 0–10", "Asteikolla 0-10"),
        ("\u200bNPS\u200b", "nps"),
        ("Don’t you agree?", "Don't you agree?"),
        ("Palvelu\xa0 kassalla", "palvelu kassalla"),
    ],
)
def test_headings_typed_in_other_signs(tmp_path: Path, heading: str, wanted: str) -> None:
    """A heading with signs that cannot be seen, or that programs change while one types, is found all the same."""
    found = survey(tmp_path, f"{heading};x\n9;1\n10;2\n", columns={"nps": wanted})
    assert found.tables["survey"]["nps"].tolist() == [9.0, 10.0]
