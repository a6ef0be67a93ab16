"""`kohtaamo map` and 360 forms with a row an evaluation and a column an item: when they are proposed, and with what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from map_files import CLIENT, folder_of, proposed, sources

from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.proposing import propose

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("number", [2, 3])
def test_columns_of_the_kits_own_items_are_a_wide_file(tmp_path: Path, number: int) -> None:
    """A 360 file with a column for each of three known items, by id or text, is proposed as wide; two may be chance."""
    names = ["trust_2", "Lyssnar uppmärksamt på den som talar.", "puts what was said into other words"][:number]
    rows = "".join(
        f"r{n % 2},a{n},{group},{','.join('4' * number)}\n" for n, group in enumerate(["itse"] * 2 + ["kollega"] * 6)
    )
    file = f"Arvioitava,Arvioija,Rooli,{','.join(names)}\n{rows}"
    folder = folder_of(tmp_path, {"arviot_360.csv": file})
    outcome = propose(load(folder), CLIENT)
    found = [each for each in outcome.proposals if each.name == "wide.items"]
    assert [each.factors for each in found] == ([tuple(names)] if number == 3 else [])
    if number == 3:
        (folder / "engagement.yaml").write_text(outcome.text, encoding="utf-8")
        problems, dataset = check(load(folder))
        assert problems == ()
        assert dataset is not None
        ratings = dataset.tables["ratings_360"]
        assert ratings["item"].unique().tolist() == names
        assert ratings["competency"].unique().tolist() == ["trust", "listening"]


def test_a_wide_file_gets_no_column_that_wide_gives(tmp_path: Path) -> None:
    """A file that the settings unfold gets no column of items beside them: `check` would refuse the two together."""
    file = "Arvioitava,Arvioija,Rooli,Väittämä,Kuuntelee,Luottaa\n" + "r1,a1,itse,v1,4,5\nr1,a2,kollega,v2,3,4\n"
    text = f"{CLIENT}sources:\n  ratings_360:\n    file: data/arviot.csv\n    columns: {{reviewee_id: Arvioitava}}\n    wide: {{items: [Kuuntelee, Luottaa]}}\n"
    found = sources(proposed(tmp_path, {"arviot.csv": file}, text))["ratings_360"]["columns"]
    assert found == {"reviewee_id": "Arvioitava", "rater_id": "Arvioija", "rater_group": "Rooli"}


FORM = (
    ("Ketä arvioit?", "Roolisi suhteessa arvioitavaan", ("Itse", "Esihenkilö", "Kollega", "Alainen")),
    ("Vem bedömer du?", "Din roll i förhållande till den du bedömer", ("Själv", "Chef", "Kollega", "Medarbetare")),
    ("Who are you rating?", "Your relationship to the person", ("Self", "Manager", "Peer", "Direct report")),
)
ITEMS = ("Kuuntelee loppuun", "Kysyy, ennen kuin neuvoo", "Pitää lupauksensa")
SCORES = {"numbers": ("2", "3", "5"), "words": ("Eri mieltä", "Samaa mieltä", "Täysin samaa mieltä")}


def form(whom: tuple[str, str, tuple[str, ...]], kind: str, address: str = "") -> str:
    """Return a form's answers about two people: a column each for who is rated, the rater's role and three items."""
    given = SCORES[kind]
    head = f"ID;Start time;Completion time;Email;{whom[0]};{whom[1]};{';'.join(ITEMS)};Vuosia;Vastaajia;Kuuntelemisen tärkeys\n"
    return head + "".join(
        f"{n};3/1/25 10:00:00;3/1/25 10:05:00;{address.format(n=n) or 'anonymous'};{('Aino Aho', 'Ville Salo')[n % 2]};{whom[2][n // 2 % 4]};"
        f"{given[n % 3]};{given[n // 2 % 3]};{given[n // 3 % 3]};{n + 7};{n % 4 + 1};{n % 2 + 4}\n"
        for n in range(1, 9)
    )


@pytest.mark.parametrize("kind", SCORES)
@pytest.mark.parametrize("whom", FORM)
def test_a_360_form_is_proposed_as_wide(tmp_path: Path, whom: tuple[str, str, tuple[str, ...]], kind: str) -> None:
    """A form that says who is rated, as what, and scores in a column an item is a 360 review; what it counts besides is no item."""
    folder = folder_of(tmp_path, {"vastaukset.csv": form(whom, kind)})
    outcome = propose(load(folder), CLIENT)
    block = sources(outcome)["ratings_360"]
    assert block["columns"] == {"reviewee_id": whom[0], "rater_group": whom[1], "rater_id": "(row)"}
    assert block["wide"] == {"items": list(ITEMS)}
    sure = {each.name: (each.confidence, each.reason) for each in outcome.proposals}
    assert (sure["rater_id"][0], sure["wide.items"][0]) == (0.7, 0.8)
    assert "nobody rated the same person twice" in sure["rater_id"][1]
    (folder / "engagement.yaml").write_text(outcome.text, encoding="utf-8")
    problems, dataset = check(load(folder))
    assert problems == ()
    assert dataset is not None
    ratings = dataset.tables["ratings_360"]
    assert (len(ratings), ratings["item"].unique().tolist()) == (24, list(ITEMS))
    assert set(ratings["rater_group"]) == {"self", "manager", "peer", "report"}


@pytest.mark.parametrize("heading", ["Respondent", "Vastaajan nimi", "Arvioijan nimi", "Reviewer name"])
def test_who_answered_a_360_form_is_the_rater(tmp_path: Path, heading: str) -> None:
    """Where a column names who answered, no row is taken for another rater of its own."""
    text = form(FORM[0], "numbers", "Aino {n}").replace(";Email;", f";{heading};")
    outcome = proposed(tmp_path, {"vastaukset.csv": text.replace("ID;Start time;Completion time", "Nro;Alku;Loppu")})
    assert sources(outcome)["ratings_360"]["columns"]["rater_id"] == heading


def test_a_role_that_is_unknown_does_not_hide_the_form(tmp_path: Path) -> None:
    """Where most roles are known, the form is proposed and `check` asks about the others, which the reason names."""
    text = form(FORM[2], "numbers").replace(";Peer;", ";Skip-level manager;")
    folder = folder_of(tmp_path, {"360.csv": text})
    outcome = propose(load(folder), CLIENT)
    (role,) = [each for each in outcome.proposals if each.name == "rater_group"]
    assert (role.sure, 'but not "Skip-level manager"' in role.reason) == (True, True)
    (folder / "engagement.yaml").write_text(outcome.text, encoding="utf-8")
    problems, _ = check(load(folder))
    assert {(problem.kind, problem.value) for problem in problems} == {("not_a_choice", "Skip-level manager")}


def test_how_important_something_is_is_no_score_of_it(tmp_path: Path) -> None:
    """Of two grids with the same rows the one on importance is not proposed, and alone it is none either."""
    asked, met = "Kuinka tärkeää sinulle on [Tulin kuulluksi]", "Miten toteutui [Tulin kuulluksi]"
    lines = "".join(f"1.{day}.2025 10.00.00,5,{1 + day % 5},{day}\n" for day in range(1, 10))
    outcome = proposed(tmp_path, {"vastaukset.csv": f"Aikaleima,{asked},{met},NPS\n{lines}"})
    assert sources(outcome)["survey"]["columns"]["heard"] == met
    outcome = proposed(tmp_path, {"vastaukset.csv": f"Aikaleima,{asked},Muu,NPS\n{lines}"})
    assert "heard" not in sources(outcome)["survey"]["columns"]


def test_the_address_of_who_answered_is_the_rater(tmp_path: Path) -> None:
    """Where every answer of a 360 form bears an address, it is the rater, so that nobody counts twice."""
    outcome = proposed(tmp_path, {"vastaukset.csv": form(FORM[0], "numbers", "a{n}@b.fi")})
    assert sources(outcome)["ratings_360"]["columns"]["rater_id"] == "Email"


@pytest.mark.parametrize(("number", "score"), [(2, "4"), (3, "7")])
def test_a_form_with_little_to_score_is_not_wide(tmp_path: Path, number: int, score: str) -> None:
    """Two columns of scores, or three beyond the review's scale, make no 360 form; nor do scores without who is rated."""
    lines = "".join(
        f"Aino {n % 2};Kollega;{';'.join([str(1 + n % 2), score][n % 2] for _ in range(number))}\n" for n in range(8)
    )
    head = ";".join(ITEMS[:number])
    found = proposed(tmp_path, {"a.csv": f"Ketä arvioit?;Rooli;{head}\n{lines}"})
    assert [each for each in found.proposals if each.name == "wide.items"] == []
    assert "ratings_360" not in sources(found)
    lines = lines.replace(";7", ";5").replace("Kollega;", "Kollega;3;")
    found = proposed(tmp_path, {"a.csv": f"Paikka;Rooli;Muu asia;{head}\n{lines}"})
    assert [each for each in found.proposals if each.name == "wide.items"] == []


def test_a_qualtrics_360_export_is_proposed_whole(tmp_path: Path) -> None:
    """Qualtrics' 360 data are proposed with their items by the questions' texts, and none of its own columns is one."""
    head = "Status,Finished,SubjectUniqueIdentifier,ParticipantUniqueIdentifier,Relationship,Q1_1,Q1_2,Q1_3\n"
    texts = (
        "Response Type,Finished,Subject,Participant,Relationship,Arvioi - Kuuntelee,Arvioi - Luottaa,Arvioi - Kysyy\n"
    )
    ids = ",".join('"{""ImportId"":""x""}"' for _ in range(8)) + "\n"
    groups = ("Self", "Manager", "Peer", "DirectReport")
    lines = "".join(
        f"32,1,s{n % 2}@b.fi,r{n}@b.fi,{groups[n % 4]},{1 + n % 5},{1 + n % 4},{2 + n % 3}\n" for n in range(12)
    )
    block = sources(proposed(tmp_path, {"360.csv": head + texts + ids + lines}))["ratings_360"]
    assert block["columns"] == {
        "reviewee_id": "SubjectUniqueIdentifier", "rater_id": "ParticipantUniqueIdentifier", "rater_group": "Relationship",
    }  # fmt: skip
    assert block["wide"] == {"items": ["Arvioi - Kuuntelee", "Arvioi - Luottaa", "Arvioi - Kysyy"]}
