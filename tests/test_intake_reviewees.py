"""360 ratings: ids that can name a report, and one self each; `check` says what `run` would refuse."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from command_line import kohtaamo
from intake_support import dataset, engagement, problems, put

from kohtaamo_utils.delivery.batch import Names
from kohtaamo_utils.delivery.roster import check_names, tasks
from kohtaamo_utils.errors import DeliveryError
from kohtaamo_utils.intake import check, read
from kohtaamo_utils.intake.people.privacy import Pseudonyms

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "reviewee_id;rater_id;rater_group;item;score\n"


def rated(*reviewees: str) -> str:
    """Return a file with one rating of each."""
    return HEAD + "".join(f"{reviewee};k{number};peer;Kuuntelee;4\n" for number, reviewee in enumerate(reviewees))


@pytest.mark.parametrize(
    ("ids", "row", "message"),
    [
        (("r1", "a/b"), 3, "'a/b' cannot be a file name."),
        (("..", "r1"), 2, "cannot be a file name."),
        (("r1", "R1"), 3, "'r1' and 'R1' would be one file."),
        (("con.x",), 2, "on Windows, which keeps it for a device."),
        (("Group",), 2, "one file with the group's report."),
        (("r" * 101,), 2, "cannot be a file name."),
    ],
)
def test_ids_that_cannot_name_a_report(tmp_path: Path, ids: tuple[str, ...], row: int, message: str) -> None:
    """What `run` refuses as a file name, intake places in the client's file."""
    (problem,) = problems(tmp_path, rated(*ids), "ratings_360")
    assert (problem.kind, problem.row, problem.column) == ("unfit_id", row, "reviewee_id")
    assert message in problem.message
    assert problem.advice
    with pytest.raises(DeliveryError, match=r"would be one file|one file with|cannot be a file name"):
        check_names(ids)


def test_ids_that_can(tmp_path: Path) -> None:
    """Letters of any language, blanks and points within an id are no harm."""
    assert len(dataset(tmp_path, rated("Åsa Öhman", "r-1.b", "7"), "ratings_360").tables["ratings_360"]) == 3


ADDRESSES = ("Aino.Mäkelä@Esimerkki.fi", "o'brien+x@posti.esimerkki.co.uk", "131052-308T", "+358 40 123 4567")


def test_reviewees_who_are_addresses_have_a_pseudonym(tmp_path: Path) -> None:
    """An address, a code or a number as a reviewee's id becomes the rater's pseudonym; the files' own is kept apart."""
    text = HEAD + "".join(f"{one};{one.lower()};itse;A;4\n{one.upper()};k{one};peer;A;5\n" for one in ADDRESSES)
    found = dataset(tmp_path, text, "ratings_360")
    rows = found.tables["ratings_360"]
    expected = ["p-" + hashlib.sha256(f"Esimerkki Oy\n{one.casefold()}".encode()).hexdigest()[:10] for one in ADDRESSES]
    selves = rows[rows["rater_group"] == "self"]
    assert selves["reviewee_id"].tolist() == selves["rater_id"].tolist() == expected
    assert rows["reviewee_id"].tolist() == [one for one in expected for _ in range(2)]
    assert found.identifiers == dict(zip(expected, ADDRESSES, strict=True))
    assert "reviewee_name" not in rows


def test_a_column_of_numbers_by_its_heading(tmp_path: Path) -> None:
    """Under a heading that says phone numbers every id is one; under one that says names the names stay."""
    text = "Puhelin;rater_id;rater_group;item;score\n0401234567;k;peer;A;4\n"
    rows = dataset(tmp_path, text, "ratings_360", columns={"reviewee_id": "Puhelin"}).tables["ratings_360"]
    assert rows["reviewee_id"].str.fullmatch("p-[0-9a-f]{10}").all()
    text = text.replace("Puhelin", "Arvioitavan nimi").replace("0401234567", "Aino")
    rows = dataset(tmp_path, text, "ratings_360", columns={"reviewee_id": "Arvioitavan nimi"}).tables["ratings_360"]
    assert rows["reviewee_id"].tolist() == ["Aino"]


@pytest.mark.parametrize(
    ("name", "file", "shown", "compared"),
    [
        ("Virtanen, Ville", "Virtanen-Ville", "Ville Virtanen", "ville virtanen"),
        ("Öhman-Saló, Åsa", "Öhman-Saló-Åsa", "Åsa Öhman-Saló", "åsa öhman-saló"),
        ("O'Brien, Pat", "O-Brien-Pat", "Pat O'Brien", "o'brien, pat"),
        ("von Essen, Carl (HR)", "von Essen-Carl-HR", "Carl von Essen", "von essen, carl (hr)"),
    ],
)
def test_a_name_that_is_no_file_is_made_one(tmp_path: Path, name: str, file: str, shown: str, compared: str) -> None:
    """Commas, apostrophes and brackets of a name become hyphens, with a mark that is no other name's; the cover shows the name."""
    found = dataset(tmp_path, HEAD + f'"{name}";k;peer;A;4\n', "ratings_360")
    row = found.tables["ratings_360"].iloc[0]
    mark = hashlib.sha256(f"Esimerkki Oy\n{compared}".encode()).hexdigest()[:6]
    assert (row["reviewee_id"], row.get("reviewee_name")) == (f"{file}-{mark}", shown)
    assert found.identifiers == {f"{file}-{mark}": name}
    check_names([row["reviewee_id"]])


def test_names_that_differ_in_case_are_one_file(tmp_path: Path) -> None:
    """Two spellings of a name that differ in case only are refused, as ids are; a name without the comma is another one."""
    text = HEAD + "".join(f'"{name}";k;peer;A;4\n' for name in ("Aho, Ville", "Aho Ville", "aho, ville"))
    (problem,) = problems(tmp_path, text, "ratings_360")
    assert (problem.kind, problem.row) == ("unfit_id", 4)
    assert "would be one file" in problem.message


def test_a_name_that_is_an_address_is_none(tmp_path: Path) -> None:
    """What stands under a reviewee's name and is an address is left out, so that no cover shows it."""
    text = "reviewee_id;reviewee_name;rater_id;rater_group;item;score\nr1;a@b.fi;k;peer;A;4\nr2;Aino;k;peer;A;4\n"
    rows = dataset(tmp_path, text, "ratings_360").tables["ratings_360"]
    assert rows["reviewee_name"].fillna("").tolist() == ["", "Aino"]


def test_names_in_the_settings(tmp_path: Path) -> None:
    """`review_360.names` names reviewees by the file's id, whatever its case, or by the pseudonym; the rest is told."""
    put(tmp_path, "a.csv", rated("Aino@esimerkki.fi", "Ville@esimerkki.fi", "liisa@esimerkki.fi", "7"))
    pseudonym = "p-" + hashlib.sha256(b"Esimerkki Oy\nville@esimerkki.fi").hexdigest()[:10]
    names = {"aino@esimerkki.fi": "Aino Esimerkki", pseudonym: "Ville Virtanen", 7: "Seitsemäs"}
    made = engagement(tmp_path, {"ratings_360": {"file": "a.csv"}}, review_360={"names": names})
    found = read(made)
    shown = found.tables["ratings_360"]["reviewee_name"].fillna("").tolist()
    assert shown == ["Aino Esimerkki", "Ville Virtanen", "", "Seitsemäs"]
    (told,) = [entry for entry in found.log.of("ratings_360", "unsettled") if entry.rule == "nameless"]
    assert told.count == 1
    assert not any("@" in entry.detail for entry in found.log.entries)


@pytest.mark.slow
def test_addresses_stay_with_the_consultant(tmp_path: Path) -> None:
    """No file below reports holds a reviewee's address but the consultant's list, which tells whose report is whose; two runs agree."""
    head, raters = "Arvioitava;rater_id;rater_group;item;score;comment\n", [("self", 1), ("manager", 1), ("peer", 5)]
    people = ("Aino.Esimerkki@esimerkki.fi", "ville@esimerkki.fi")
    lines = [
        f"{person};{person if group == 'self' else f'{group}{number}@esimerkki.fi'};{group};Kuuntelee;4;Kiitos {person}!\n"
        for person in people
        for group, count in raters
        for number in range(count)
    ]
    put(tmp_path, "a.csv", head + "".join(lines))
    (tmp_path / "engagement.yaml").write_text(
        "client: Yritys\nlanguage: en\nsources: {ratings_360: {file: a.csv, columns: {reviewee_id: Arvioitava}}}\n"
        "review_360: {scores: false, names: {ville@esimerkki.fi: Ville Virtanen}}\n",
        encoding="utf-8",
    )
    done = kohtaamo("run", tmp_path, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    reports = tmp_path / "reports"
    told = {name for name in reports.rglob("*") if name.is_file() and b"@esimerkki" in name.read_bytes()}
    listed = reports / "internal" / "review_360" / "reviewees.csv"
    assert told == {listed}
    assert "@" not in "".join(str(name) for name in reports.rglob("*"))
    lines = listed.read_text(encoding="utf-8-sig").splitlines()
    assert {line.split(";", 1)[1] for line in lines[1:]} == {
        '"Aino.Esimerkki@esimerkki.fi";""', '"ville@esimerkki.fi";"Ville Virtanen"',
    }  # fmt: skip
    for line in lines[1:]:
        assert (reports / "review_360" / f"{line.split(';')[0].strip(chr(34))}.en.html").is_file()
    before = {name: name.read_bytes() for name in reports.glob("review_360/*.html")}
    assert kohtaamo("run", tmp_path, "--force", folder=tmp_path).returncode == 0
    assert {name: name.read_bytes() for name in reports.glob("review_360/*.html")} == before


def test_an_address_in_the_settings_is_nobodys_to_show(tmp_path: Path) -> None:
    """The consultant's own words may stand in a page, but not the addresses by which the settings name reviewees."""
    put(tmp_path, "a.csv", rated("ville@esimerkki.fi"))
    names = {"ville@esimerkki.fi": "Ville Virtanen", "r2": "Aino Aho"}
    made = engagement(tmp_path, {"ratings_360": {"file": "a.csv"}}, review_360={"names": names})
    tables = read(made).tables
    (own, group) = tasks(["review_360"], ["en"], "", tables)
    assert Names(made, tables).of_others(own) == ("ville@esimerkki.fi",)
    assert Names(made, tables).of_others(group) == ("Ville Virtanen", "ville@esimerkki.fi")


def test_two_selves(tmp_path: Path) -> None:
    """Two people cannot both be the reviewee; the message names both and where they are."""
    text = f"{HEAD}r1;r1;itse;A;4\nr1;r1;itse;B;5\nr1;x;itse;A;2\nr1;y;peer;A;3\n"
    (problem,) = problems(tmp_path, text, "ratings_360")
    assert (problem.kind, problem.row, problem.value) == ("two_selves", 4, "x")
    assert "r1 in row 2" in problem.message
    assert "one rater in the group self" in problem.expected


def test_two_selves_in_two_files(tmp_path: Path) -> None:
    """The files of a source are looked at together."""
    put(tmp_path, "a.csv", f"{HEAD}r1;r1;self;A;4\n")
    put(tmp_path, "b.csv", f"{HEAD}r1;x;self;A;4\n")
    (problem,), _ = check(engagement(tmp_path, {"ratings_360": {"file": ["a.csv", "b.csv"]}}))
    assert (problem.file, problem.kind) == ("b.csv", "two_selves")
    assert "row 2 of a.csv" in problem.message


PEERS = "r1;p1;peer;A;2\nr1;p2;peer;A;4\n"


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ("r1;x7;self;A;3\nr1;x7;peer;A;3\n", "x7"),  # the id of the self rating
        ("r2;r2;self;A;3\nr1;r1;peer;A;3\n", "r1"),  # nobody's self rating of r1, but ids are of one kind
        ("r1;m1;manager;A;3\nr1;m1;peer;A;3\n", "m1"),
        ("r1;m1;esihenkilö;A;3\nr1;m1;asiakas;B;3\n", "m1"),
        ("Aino Aho;Aino Aho;peer;A;3\n", Pseudonyms("Esimerkki Oy").of("Aino Aho")),  # the rater's is a pseudonym
        ("Aino Aho;Aho Aino;peer;A;3\n", Pseudonyms("Esimerkki Oy").of("Aino Aho")),  # as a register has it
        ("aino@b.fi;Aino@b.fi;report;A;3\n", Pseudonyms("Esimerkki Oy").of("aino@b.fi")),
        ('"Aho, Aino";"Aho, Aino";report;A;3\n', Pseudonyms("Esimerkki Oy").of("aho, aino")),
    ],
)
def test_a_known_rater_is_nobody_elses_third(tmp_path: Path, rows: str, value: str) -> None:
    """The reviewee or a manager in a protected group would fill it up, and could work out the other two peers: refused."""
    (problem,) = problems(tmp_path, HEAD + rows + PEERS, "ratings_360")
    assert (problem.kind, problem.row, problem.value) == ("known_rater", 1 + rows.count("\n"), value)
    assert "work out those of the others" in problem.message


@pytest.mark.parametrize(("rater", "kind"), [("Anonyymi", "duplicate_key"), ("", "missing_value")])
def test_wide_raters_who_are_not_told_apart(tmp_path: Path, rater: str, kind: str) -> None:
    """Where several people are called Anonymous, or nobody is named, the advice keeps their answers: each row a rater."""
    text = f"reviewee_id;rater_id;rater_group;Kuuntelee\nr1;{rater};peer;4\nr1;{rater};peer;5\n"
    source: dict[str, Any] = {"wide": {"items": ["Kuuntelee"]}}
    found = problems(tmp_path, text, "ratings_360", **source)
    assert {problem.kind for problem in found} == {kind}
    assert all("`rater_id: (row)`" in problem.advice for problem in found)
    source["columns"] = {"rater_id": "(row)"}
    assert dataset(tmp_path, text, "ratings_360", **source).tables["ratings_360"]["score"].tolist() == [4, 5]


def test_a_name_in_another_order_is_the_same_rater(tmp_path: Path) -> None:
    """Salo Ville and Ville Salo are one peer, who may not be counted as two of the three that protect each other."""
    rows = "r1;Ville Salo;peer;A;3\nr1;Salo Ville;peer;A;3\nr1;Liisa Aho;peer;A;4\n"
    (problem,) = problems(tmp_path, HEAD + rows, "ratings_360")
    assert (problem.kind, problem.row) == ("duplicate_key", 3)


@pytest.mark.parametrize(
    "role", ["Esihenkilöni", "esimieheni", "alaiseni", "Min chef", "my manager", "My direct report (HR)"]
)
def test_a_role_that_may_be_either_ones_is_asked_about(tmp_path: Path, role: str) -> None:
    """A rater who says "my manager" may mean the one who is rated: shown openly as a manager, and is a report."""
    (problem,) = problems(tmp_path, f"{HEAD}r1;p1;{role};A;2\n", "ratings_360")
    assert (problem.kind, problem.row, problem.value) == ("whose", 2, role)


@pytest.mark.parametrize("role", ["kollegani", "Min kollega", "my peer", "Itse", "asiakkaani"])
def test_a_role_that_is_the_same_either_way_is_read(tmp_path: Path, role: str) -> None:
    """A colleague of mine is one of whom I am a colleague, and a customer is protected whoever it is."""
    row = dataset(tmp_path, f"{HEAD}r1;p1;{role};A;2\n", "ratings_360").tables["ratings_360"].iloc[0]
    assert row["rater_group"] in {"peer", "self", "customer"}


def test_a_known_rater_in_another_file(tmp_path: Path) -> None:
    """Sources are looked at together: self in one file and peer in the other is refused."""
    put(tmp_path, "a.csv", f"{HEAD}r1;r1;self;A;4\n")
    put(tmp_path, "b.csv", f"{HEAD}r1;r1;peer;A;4\n{PEERS}")
    (problem,), _ = check(engagement(tmp_path, {"ratings_360": [{"file": "a.csv"}, {"file": "b.csv"}]}))
    assert (problem.file, problem.kind, problem.row) == ("b.csv", "known_rater", 2)


def test_raters_who_only_share_a_number(tmp_path: Path) -> None:
    """Where raters are numbered for themselves, a rater 1 of reviewee 1 is another person; a manager may be a peer in another wave."""
    text = f"{HEAD}1;9;self;A;4\n1;1;peer;A;4\n2;1;self;A;4\n2;2;peer;A;4\n"
    assert len(dataset(tmp_path, text, "ratings_360").tables["ratings_360"]) == 4
    head = "reviewee_id;rater_id;rater_group;item;score;wave\n"
    text = f"{head}r1;m;manager;A;4;2024\nr1;m;peer;A;4;2025\nr2;m;peer;A;4;2024\n"
    assert len(dataset(tmp_path, text, "ratings_360").tables["ratings_360"]) == 3


def test_a_self_in_each_wave(tmp_path: Path) -> None:
    """A reviewee may have another id as a rater in the next wave, and other reviewees their own."""
    text = (
        "reviewee_id;rater_id;rater_group;item;score;wave\nr1;a;self;A;4;2024\nr1;b;self;A;5;2025\nr2;c;self;A;5;2025\n"
    )
    assert len(dataset(tmp_path, text, "ratings_360").tables["ratings_360"]) == 3


def test_check_says_what_run_would_refuse(tmp_path: Path) -> None:
    """`kohtaamo check` ends with 1 and names the id, rather than leaving it to `run`."""
    put(tmp_path, "a.csv", rated("r1", "a/b"))
    (tmp_path / "engagement.yaml").write_text(
        "client: Yritys\nlanguage: en\nsources: {ratings_360: {file: a.csv}}\n", encoding="utf-8"
    )
    done = kohtaamo("check", tmp_path, folder=tmp_path)
    assert done.returncode == 1
    assert 'a.csv, row 3, column "reviewee_id", value "a/b": The id \'a/b\' cannot be a file name.' in done.stderr


def test_check_without_sources_says_the_next_step(tmp_path: Path) -> None:
    """Where nothing is named yet, `check` says so and what comes next."""
    (tmp_path / "engagement.yaml").write_text("client: Yritys\nlanguage: en\n", encoding="utf-8")
    done = kohtaamo("check", tmp_path, folder=tmp_path)
    assert done.returncode == 0
    assert "names no sources yet" in done.stdout
    assert f"kohtaamo map {tmp_path}" in done.stdout
