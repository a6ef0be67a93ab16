"""`kohtaamo map`: what is proposed for which file, what is refused and why, and that nothing else is touched."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from command_line import content, kohtaamo
from hypothesis import given, settings
from hypothesis import strategies as st
from map_files import (
    CLIENT,
    FILES,
    FORMS,
    RATINGS,
    SALES,
    STAFF,
    TEN,
    folder_of,
    moving,
    proposed,
    reason,
    rows,
    sources,
    workbook,
)  # fmt: skip

from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.proposing import WRITTEN_FROM, Outcome, propose
from kohtaamo_utils.resources import bundled


def test_finnish_customer_survey(tmp_path: Path) -> None:
    """A Finnish feedback form is a customers' survey; e-mail addresses are not proposed for anything."""
    outcome = proposed(tmp_path, {"palaute.csv": moving(TEN)})
    assert sources(outcome) == {
        "survey": {
            "file": "data/palaute.csv",
            "columns": {
                "unit": "Paikkakunta",
                "nps": "Kuinka todennäköisesti suosittelisit meitä ystävällesi?",
                "csat": "Kuinka palvelu onnistui? Asteikolla 1-5.",
                "comment": "Mitä hyvää palvelussa oli?",
            },
            "constants": {"respondent_group": "customer"},
        }
    }
    assert "Sähköposti" not in outcome.text


def test_examples_are_masked(tmp_path: Path) -> None:
    """Examples show at most three values, without addresses, numbers and names."""
    outcome = proposed(tmp_path, {"palaute.csv": moving(TEN), "arviot_360.csv": RATINGS})
    shown = {each.name: each.examples for each in outcome.proposals if each.name}
    assert shown["comment"] in {("Kiitos, soita […]",), ("Hyvä",)}
    assert shown["nps"] == ("0", "10", "9")
    assert shown["reviewee_name"] == ("[…]",)
    assert shown["rater_id"] == ("[…]", "a2", "a3")


def test_forms_like_headings(tmp_path: Path) -> None:
    """A form's ID and completion time are the response's; a question on another scale is refused with the reason."""
    outcome = proposed(tmp_path, {"Lunch feedback.csv": FORMS})
    assert sources(outcome)["survey"]["columns"] == {
        "response_id": "ID",
        "answered_on": "Completion time",
        "nps": "How likely are you to recommend us to a friend? (0-10)",
        "comment": "Please explain your rating",
    }
    assert reason(outcome, "csat").endswith("the heading says the scale to 10, csat is 1–5")


def test_transactions(tmp_path: Path) -> None:
    """A list of orders is transactions; files of the same columns are one source of several files."""
    found = sources(proposed(tmp_path, {"sales_2024.csv": SALES, "sales_2025.csv": SALES.rstrip("\n")}))
    assert found == {
        "transactions": {
            "file": ["data/sales_2024.csv", "data/sales_2025.csv"],
            "columns": {
                "customer_id": "CustomerID", "ordered_on": "InvoiceDate", "amount": "Total", "order_id": "InvoiceNo",
            },
        }
    }  # fmt: skip


def test_products(tmp_path: Path) -> None:
    """Where a file gives quantity and unit price, or years of service, the product is proposed."""
    lines = SALES.replace("Total", "Quantity,UnitPrice").replace(",10.5", ",2,5.25").replace(",20\n", ",2,10\n")
    staff = "EmployeeNumber,YearsAtCompany,Attrition\n1,2,Yes\n2,5,No\n"
    found = sources(proposed(tmp_path, {"orders.csv": lines.replace(",7\n", ",1,7\n"), "hr.csv": staff}))
    assert found["transactions"]["columns"]["amount"] == {"product": ["Quantity", "UnitPrice"]}
    assert found["employees"]["columns"]["tenure_months"] == {"product": ["YearsAtCompany", 12]}


def test_employees_in_a_workbook(tmp_path: Path) -> None:
    """In a workbook of several sheets the sheet is named; a Swedish list of employments is employees, names left out."""
    lines = [line.split(";") for line in STAFF.splitlines()]
    book = workbook({"Läs mig": [["Listan"], ["över personalen"]], "Personal": lines})
    outcome = proposed(tmp_path, {"lista.xlsx": book})
    assert sources(outcome) == {
        "employees": {
            "file": "data/lista.xlsx",
            "sheet": "Personal",
            "columns": {
                "employee_id": "Anställningsnummer",
                "started_on": "Anställningsdatum",
                "ended_on": "Slutdatum",
                "monthly_salary": "Månadslön",
                "unit": "Avdelning",
            },
        }
    }


def test_ratings_360(tmp_path: Path) -> None:
    """A list of 360 ratings is recognised with all its columns."""
    assert sources(proposed(tmp_path, {"arviot.csv": RATINGS}))["ratings_360"]["columns"] == {
        "reviewee_id": "Arvioitava",
        "reviewee_name": "Arvioitavan nimi",
        "rater_id": "Arvioija",
        "rater_group": "Suhde arvioitavaan",
        "item": "Väittämä",
        "score": "Arvio",
        "competency": "Kompetenssi",
        "comment": "Kommentti",
    }


def test_a_file_without_a_telling_ending(tmp_path: Path) -> None:
    """The format is named where the file's ending does not tell it."""
    found = sources(proposed(tmp_path, {"myynti.export": SALES}))
    assert (found["transactions"]["file"], found["transactions"]["format"]) == ("data/myynti.export", "csv")


@pytest.mark.parametrize("name", ["asiakkaat.dta", "kanta.mdb", "data.sas7bdat"])
def test_another_programs_own_file(tmp_path: Path, name: str) -> None:
    """A file of a format that is not read is told as such, and not as a text that is cut off."""
    (told,) = proposed(tmp_path, {name: b"<stata>\x00\x01" + bytes(50)}).proposals
    assert f"Files of the kind .{name.partition('.')[2]} are not read. Export it as CSV or Excel" in told.reason


@pytest.mark.parametrize(
    ("heading", "scores", "why"),
    [
        ("Asteikolla 1-10, kuinka todennäköisesti suosittelisit meitä?", TEN[1:], "the heading says the scale 1–10, nps is 0–10"),
        ("Kuinka todennäköisesti suosittelisit palvelua? (1-4)", [1, 4, 3], "the heading says the scale 1–4, nps is 0–10"),
        ("Kuinka todennäköisesti suosittelisit palvelua?", [1, 4, 3, 2], "the values go from 1 to 4, nps is 0–10"),
        ("Kuinka todennäköisesti suosittelisit palvelua?", [1, 10, 5] * 12, "36 answers with a 1 but no 0 look like the scale 1–10"),
        ("Kuinka todennäköisesti suosittelisit palvelua?", [11, 12, 0], "values such as 11, 12 are not a whole number from 0 to 10"),
        ("Hur sannolikt är det att du skulle rekommendera oss? (1–5)", [1, 5], "the heading says the scale 1–5"),
        ("Kuinka todennäköisesti suosittelisit palvelua?", ["ehkä", "kyllä"], "they are of no scale that is known"),
    ],
)  # fmt: skip
def test_nps_on_another_scale_is_refused(tmp_path: Path, heading: str, scores: list[object], why: str) -> None:
    """A question whether one would recommend is NPS on the scale 0–10 only; otherwise the reason is given."""
    body = f"{heading};Tulin kuulluksi\n" + rows(scores, [5] * len(scores))
    outcome = proposed(tmp_path, {"asiakaskysely.csv": body})
    assert "nps" not in sources(outcome)["survey"]["columns"]
    assert why in reason(outcome, "nps")


@pytest.mark.parametrize(
    "heading",
    [
        *("Kuinka todennäköisesti suosittelisit palveluamme kollegalle? (0-10)", "NPS", "Suosittelisitko meitä?"),
        *(
            "Hur sannolikt är det att du skulle rekommendera oss till en vän?",
            "How likely is it that you would recommend us?",
        ),
    ],
)
def test_nps_is_recognised(tmp_path: Path, heading: str) -> None:
    """The question's first words tell NPS in three languages, however it goes on."""
    found = sources(proposed(tmp_path, {"a.csv": f"{heading}\n" + rows(TEN)}))
    assert found["survey"]["columns"] == {"nps": heading}


def test_recommending_the_employer_is_enps(tmp_path: Path) -> None:
    """Where the employer is recommended it is eNPS, and staff have answered."""
    heading = "Kuinka todennäköisesti suosittelisit meitä työnantajana?"
    found = sources(proposed(tmp_path, {"a.csv": f"{heading}\n" + rows(TEN)}))
    assert found["survey"] == {
        "file": "data/a.csv",
        "columns": {"enps": heading},
        "constants": {"respondent_group": "employee"},
    }


def test_repeated_identifiers_are_refused(tmp_path: Path) -> None:
    """A column whose values repeat is not a key, whatever its heading."""
    outcome = proposed(tmp_path, {"kysely.csv": "Vastaajan tunnus;NPS\n" + rows(["a", "a", "b"], [0, 9, 10])})
    assert reason(outcome, "response_id").endswith("values repeat")


def test_two_columns_that_fit_alike(tmp_path: Path) -> None:
    """Where two columns fit alike none is written, and the other is named."""
    outcome = proposed(tmp_path, {"kysely.csv": "NPS;Ikäryhmä;Asiakastyyppi\n" + rows([0, 9, 10], "aab", "xyx")})
    assert '"Asiakastyyppi" fits as well' in reason(outcome, "segment")


def test_unmapped_columns_of_a_source(tmp_path: Path) -> None:
    """A source that is there gets the columns that it lacks, in their place; what it says stays to the byte."""
    text = (
        "client: A   # c\nsources:\n  survey:\n    file: data/a.csv   # the survey\n"
        "    columns: {csat: 'Tyyty'}   # by hand\n    missing: {csat: [6]}\n\n# end\n"
    )
    outcome = proposed(tmp_path, {"a.csv": "Tyyty;NPS;Myymälä\n" + rows([5, 6, 4], [0, 9, 10], "aab")}, text)
    assert outcome.text == (
        "client: A   # c\nsources:\n  survey:\n    file: data/a.csv   # the survey\n"
        "    columns: {csat: 'Tyyty',\n"
        "      unit: Myymälä,  # proposed by kohtaamo map, 0.95: check\n"
        "    }   # by hand\n    missing: {csat: [6]}\n"
        "    constants:\n      respondent_group: customer  # proposed by kohtaamo map, 0.75: check\n\n# end\n"
    ), "NPS is read by its own name already"


def test_mapped_columns_are_left_alone(tmp_path: Path) -> None:
    """A column that a person has mapped, even oddly, is offered for nothing else, and its name gets no other column."""
    text = "client: A\nsources:\n  survey: {file: data/a.csv, columns: {comment: Suositteluhalukkuus, nps: Muu}, constants: {respondent_group: customer}}\n"
    outcome = proposed(tmp_path, {"a.csv": "Suositteluhalukkuus;Muu;Suosittelu\n" + rows(TEN, TEN, TEN)}, text)
    assert (outcome.text, outcome.proposals) == (text, ())


def test_a_second_file_for_a_single_source(tmp_path: Path) -> None:
    """A file for a table whose source is no list is not written, and it is said what to do; for a list it is."""
    first = "sources:\n  transactions: {file: data/a.csv, columns: {customer_id: K, ordered_on: P, amount: S}}\n"
    files = {"a.csv": "K,P,S\nA,2025-01-02,5\n", "b.csv": SALES}
    outcome = proposed(tmp_path, files, "client: A\n" + first)
    assert outcome.text == "client: A\n" + first
    assert "make a list of it" in next(each.reason for each in outcome.proposals if each.file == "data/b.csv")
    several = first.replace("transactions: {", "transactions:\n    - {")
    found = sources(proposed(tmp_path, files, "client: A\n" + several))
    assert [source["file"] for source in found["transactions"]] == ["data/a.csv", "data/b.csv"]


def test_written_from_the_limit_on(tmp_path: Path) -> None:
    """Exactly the proposals from 0.70 on are written, each marked with its confidence."""
    outcome = proposed(tmp_path, {"palaute.csv": moving(TEN), "muu.csv": "x;y\n1;2\n", "roska.csv": b"\x00\x01"})
    assert {each.written for each in outcome.proposals if each.confidence >= WRITTEN_FROM} == {True}
    assert not any(each.written for each in outcome.proposals if each.confidence < WRITTEN_FROM)
    written = [each for each in outcome.proposals if each.written]
    assert outcome.text.count("# proposed by kohtaamo map, ") == len(written)
    assert all(f"# proposed by kohtaamo map, {each.confidence:.2f}: check\n" in outcome.text for each in written)
    assert {each.file for each in outcome.proposals} == {"data/palaute.csv", "data/muu.csv", "data/roska.csv"}


@pytest.mark.parametrize("name", FILES)
def test_the_result_can_be_read(tmp_path: Path, name: str) -> None:
    """What map writes for each of the files reads without a problem."""
    folder = folder_of(tmp_path, {name: FILES[name]})
    (folder / "engagement.yaml").write_text(propose(load(folder), CLIENT).text, encoding="utf-8")
    problems, dataset = check(load(folder))
    assert problems == ()
    assert dataset is not None
    assert all(len(rows) for rows in dataset.tables.values())


def test_the_sample_from_nothing(tmp_path: Path) -> None:
    """From the sample's files alone every source is found, and all of them read without a problem."""
    files = {file.name: file.read_bytes() for file in bundled("data/sample/data").iterdir()}
    folder = folder_of(tmp_path, files)
    (folder / "engagement.yaml").write_text(propose(load(folder), CLIENT).text, encoding="utf-8")
    ours, theirs = load(folder).settings.sources, load(bundled("data/sample")).settings.sources
    assert {name: len(several) for name, several in ours.items()} == {
        name: len(several) for name, several in theirs.items()
    }
    known = {(name, source.file): source.columns for name, several in theirs.items() for source in several}
    for name, several in ours.items():
        for source in several:
            by_hand = known[name, source.file]
            assert {column: rule for column, rule in source.columns.items() if by_hand.get(column) != rule} == {}
            assert set(by_hand) - set(source.columns) <= {"segment"}
    assert check(load(folder))[0] == ()


def test_the_sample_as_it_is() -> None:
    """For the sample, whose mapping is complete, there is nothing to propose."""
    sample = bundled("data/sample")
    text = (sample / "engagement.yaml").read_bytes().decode()
    assert propose(load(sample), text) == Outcome(text, ())


COMMENTS = st.lists(st.sampled_from(["# huom\n", "\n", "#  sources:\n", "#\n"]), max_size=3).map("".join)
BLOCKS = st.sampled_from(
    [
        "industry: retail   # ala\n", "period: {start: 2025-01-01,\n  end: 2025-12-31}\n",
        "touchpoints:\n- {name: Kassa}   # t\n- name: 'Chat'\n", 'currency: "SEK"\n', "disclosure:\n    minimum_raters:   4\n",
        "sources: {}\n", "sources:\n  # none yet\n  pilot: {file: data/pilotti.csv}   # later\n",
        "sources:\n   survey:\n   -  file: data/x.csv\n      columns:   {nps: NPS}\n   #  end\n",
    ]
)  # fmt: skip


@settings(max_examples=20)
@given(
    blocks=st.lists(st.tuples(BLOCKS, COMMENTS), max_size=4, unique_by=lambda block: block[0].split(":")[0]),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    closed=st.booleans(),
)
def test_what_is_there_survives(blocks: list[tuple[str, str]], end: str, mark: str, *, closed: bool) -> None:
    """Whatever engagement.yaml holds, its bytes stay in their order and lines are only added; a second run adds none."""
    text = CLIENT + "".join(block + comment for block, comment in blocks)
    text = mark + (text if closed else text.rstrip("\n")).replace("\n", end)
    with TemporaryDirectory() as name:
        folder = folder_of(Path(name), FILES | {"x.csv": "NPS;csat\n9;5\n", "pilotti.csv": "yksikko\n1\n"}, text)
        after = propose(load(folder), text).text
        added = [line for line in after.splitlines() if line not in text.splitlines()]
        assert any("proposed by kohtaamo map" in line for line in added)
        remaining = iter(after)
        assert all(sign in remaining for sign in text), "every sign is there, in its order"
        assert ("\n" in after.replace("\r\n", "")) == (end == "\n" and "\n" in text)
        (folder / "engagement.yaml").write_bytes(after.encode())
        assert propose(load(folder), after).text == after


def test_command_writes_and_tells(tmp_path: Path) -> None:
    """The command prints every proposal, writes those that are sure, ends with 0, and does nothing the second time."""
    folder = folder_of(tmp_path / "e", FILES | {"muu.csv": "x;y\n1;2\n"})
    first = kohtaamo("map", "e", folder=tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    assert "survey.nps" in first.stdout
    assert "no table fits its headings" in first.stdout
    assert "kohtaamo check e" in first.stdout
    assert "@" not in first.stdout
    before = content(folder)
    assert b"proposed by kohtaamo map" in before["engagement.yaml"]
    second = kohtaamo("map", "e", folder=tmp_path)
    assert second.returncode == 0
    assert "0 of" in second.stdout
    assert content(folder) == before
    assert kohtaamo("check", "e", folder=tmp_path).returncode == 0


def test_command_without_an_engagement(tmp_path: Path) -> None:
    """A folder without settings, or with wrong ones, ends with 2 and nothing is written."""
    done = kohtaamo("map", "nowhere", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no engagement.yaml in the folder nowhere." in done.stderr
    folder = folder_of(tmp_path / "e", FILES, "client: A\nlanguage: en\nsorces: {}\n")
    before = content(folder)
    done = kohtaamo("map", "e", folder=tmp_path)
    assert done.returncode == 2
    assert "Did you mean `sources`?" in done.stderr
    assert content(folder) == before


ARCHIVE = b"PK\x05\x06" + bytes(18)
"""A zip archive with nothing in it."""
NAMED = (
    CLIENT
    + "sources:\n  transactions: {file: data/sales.csv, columns: {customer_id: CustomerID, ordered_on: InvoiceDate, amount: Total, order_id: InvoiceNo}}\n"
)


@pytest.mark.parametrize(
    ("files", "text", "said"),
    [
        ({}, CLIENT, ["there is no file in Oy Ab/data. Put the client's files there, then: kohtaamo map 'Oy Ab'"]),
        ({"~$henkilosto.xlsx": b"\x05user"}, CLIENT, ["holds only data/~$henkilosto.xlsx, which Excel keeps beside"]),
        ({"myynti.zip": ARCHIVE}, CLIENT, ["Not looked into: data/myynti.zip. Unpack it", "no file in Oy Ab/data is a table"]),
        ({"kirje.pdf": b"%PDF"}, CLIENT, ["no file in Oy Ab/data is a table, only data/kirje.pdf. Put CSV, Excel"]),
        ({"sales.csv": SALES}, NAMED, ["every table in Oy Ab/data is named, and no column is left that fits"]),
        ({"sales.csv": SALES, "b.csv.gz": b"\x1f\x8b"}, NAMED, ["Not looked into: data/b.csv.gz.", "every table in Oy Ab/data is named"]),
    ],
)  # fmt: skip
def test_command_with_nothing_to_propose(
    tmp_path: Path, files: dict[str, str | bytes], text: str, said: list[str]
) -> None:
    """Where nothing is proposed it is said why, file by file where none is a table, and what to do; the folder's name can be copied."""
    folder_of(tmp_path / "Oy Ab", files, text)
    done = kohtaamo("map", "Oy Ab", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line for line in said if line not in done.stdout] == []


def test_command_that_writes_nothing(tmp_path: Path) -> None:
    """Where no proposal is sure enough, nobody is sent to check lines that are not there, nor from check back to map."""
    folder_of(tmp_path / "e", {"muu.csv": "x;y\n1;2\n"})
    done = kohtaamo("map", "e", folder=tmp_path)
    assert "0 of 1 proposals written" in done.stdout
    assert "Check each line" not in done.stdout
    assert "Name what is right under `sources` in e/engagement.yaml yourself" in done.stdout
