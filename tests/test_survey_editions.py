"""A second edition of a survey beside a released one: nobody is told by taking one from the other."""

from __future__ import annotations

import random
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from approvals import FIRST, SECOND
from engagements import make_engagement, text_of
from survey_attack import MINIMUM, people_of, told_of_few

from kohtaamo_utils.delivery.approve import approve
from kohtaamo_utils.delivery.asked import Asked
from kohtaamo_utils.delivery.batch import Batch
from kohtaamo_utils.delivery.batch import run as run_batch
from kohtaamo_utils.delivery.files import write_whole
from kohtaamo_utils.disclosure.survey_editions import Lines
from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.releases import Additions, Releases, new_secret, read_releases, with_additions
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.reports import current_state
from kohtaamo_utils.reports.catalogue import NPS
from kohtaamo_utils.reports.current_state.own_unit import OwnUnit
from kohtaamo_utils.reports.current_state.units import units_of
from kohtaamo_utils.reports.survey_figures import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, Any]


def answer(draw: random.Random, number: int) -> Row:
    """Return one customer's response."""
    return {
        "respondent_group": "customer", "response_id": f"v{number}", "nps": draw.randint(0, 10),
        "unit": draw.choices(("Turku", "Oulu", "Vaasa"), (5, 3, 2))[0],
        "touchpoint": draw.choices(("Kassa", "Puhelin", "Verkko"), (5, 3, 1))[0],
    }  # fmt: skip


def release(folder: Path, moment: str = FIRST) -> None:
    """Record today's answers as released, as `kohtaamo approve` does."""
    survey = current_state.open_report(str(folder), "en").survey
    known = read_releases(folder) or Releases(secret=new_secret())
    record = Lines(survey.frame, known.secret).record(moment, "0" * 64)
    write_whole(
        folder / "releases.yaml", with_additions(folder, Additions(secret=known.secret, survey_editions=(record,)))
    )


def figures(folder: Path) -> Iterator[dict[str, Any]]:
    """Give each NPS figure that management or a supervisor is shown."""
    survey = current_state.open_report(str(folder), "en").survey
    every = [*figures_of(survey)]
    for unit in units_of(survey).shown:
        own = OwnUnit(survey, unit)
        every += [own.figure(cell) for dimension in ("touchpoint", "month") for cell in own.cells(NPS, dimension)]
    yield from (one.as_dict() for one in every if one.name == "nps")


def sets_of(folder: Path, rows: list[Row]) -> list[frozenset[tuple[str, int]]]:
    """Return who stands behind each figure: a response with another answer is another unknown."""
    found = []
    for figure in figures(folder):
        people = people_of(figure["scope"], rows)
        late = len(people) - figure["n"]
        assert late == 0 or (read_releases(folder) is not None and late < MINIMUM)
        found.append(people if late == 0 else None)
    if None in found:  # the late ones are left out everywhere: take them off the end, where they came
        kept = rows[: len(rows) - (MINIMUM - 1)]
        while any(len(people_of(f["scope"], kept)) != f["n"] for f in figures(folder)):
            kept = rows[: len(kept) + 1]
        found = [people_of(figure["scope"], kept) for figure in figures(folder)]
    return [frozenset((rows[row]["response_id"], rows[row]["nps"]) for row in people) for people in found]


def changed(draw: random.Random, rows: list[Row], came: int, went: int, turned: int, moved: int = 0) -> list[Row]:
    """Return the answers of some time later: some came, some went, some answer otherwise, some are in another unit."""
    kept = draw.sample(rows, len(rows) - went)
    kept = [{**row, "nps": (row["nps"] + 3) % 11} if place < turned else row for place, row in enumerate(kept)]
    kept = [{**row, "unit": "Oulu"} if turned <= place < turned + moved else row for place, row in enumerate(kept)]
    numbers = count(1000)
    return [*kept, *(answer(draw, next(numbers)) for _ in range(came))]


def editions(folder: Path, seed: int, **between: int) -> list[frozenset[tuple[str, int]]]:
    """Return the few people whom two editions tell of together and neither tells of by itself; the first is released."""
    draw = random.Random(seed)  # noqa: S311 - made-up answers
    first = [answer(draw, number) for number in range(draw.randint(30, 70))]
    shown = sets_of(make_engagement(folder, {}, {"survey": first}), first)
    release(folder)
    second = changed(draw, first, **between)
    make_engagement(folder, {}, {"survey": second})
    later = sets_of(folder, second)
    alone = [*told_of_few(shown), *told_of_few(later)]
    pairs = [frozenset(one ^ other) for one in shown for other in later if 0 < len(one ^ other) < MINIMUM]
    return [few for few in [*pairs, *told_of_few([*shown, *later])] if not any(known <= few for known in alone)]


BETWEEN = [
    {"came": 1, "went": 0, "turned": 0},
    {"came": 4, "went": 0, "turned": 0},
    {"came": 12, "went": 0, "turned": 0},
    {"came": 20, "went": 1, "turned": 0},
    {"came": 20, "went": 8, "turned": 0},
    {"came": 9, "went": 0, "turned": 7},
    {"came": 0, "went": 0, "turned": 2},
    {"came": 30, "went": 6, "turned": 6},
    {"came": 15, "went": 0, "turned": 0, "moved": 2},
]


SEEDS = [
    0,
    *(pytest.param(seed, marks=pytest.mark.slow if seed < 2 else pytest.mark.longest) for seed in range(1, 25)),
]
"""One always, another in the slow checks, the others before a release."""


@pytest.mark.parametrize("between", BETWEEN, ids=str)
@pytest.mark.parametrize("seed", SEEDS)
def test_two_editions_tell_nobody(tmp_path: Path, seed: int, between: dict[str, int]) -> None:
    """No combination of all figures of both editions speaks of one to four people, of whom neither edition tells alone."""
    assert editions(tmp_path / "e", seed, **between) == []


def test_without_the_ledger_the_attack_finds_somebody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is remembered of the first edition, the second tells the answer of the one who came."""
    monkeypatch.setattr("kohtaamo_utils.reports.current_state.surveyed.earlier_editions", lambda *_: ())
    assert any(len(few) == 1 for few in editions(tmp_path / "e", 0, came=1, went=0, turned=0))


def test_few_late_answers_leave_the_released_figures_as_they_are(tmp_path: Path) -> None:
    """Up to four that came late are left out, and the page says so; with the fifth all of them count."""
    draw = random.Random(7)  # noqa: S311 - made-up answers
    rows = [answer(draw, number) for number in range(40)]
    folder = make_engagement(tmp_path / "e", {}, {"survey": rows})
    before = list(figures(folder))
    release(folder)
    assert list(figures(folder)) == before
    more = [{**answer(draw, 100 + number), "unit": "Turku", "touchpoint": "Kassa"} for number in range(5)]
    make_engagement(folder, {}, {"survey": [*rows, *more[:4]]})
    assert list(figures(folder)) == before
    report = current_state.open_report(str(folder), "en")
    assert "Answers that came since the edition approved on" in text_of(report.data_quality())
    make_engagement(folder, {}, {"survey": [*rows, *more]})
    whole = next(one for one in figures(folder) if set(one["scope"]) == {"respondent_group"})
    assert whole["n"] == 45
    report = current_state.open_report(str(folder), "en")
    assert "Answers that came since" not in text_of(report.data_quality())


def test_a_cell_that_few_came_to_is_hidden_with_its_reason(tmp_path: Path) -> None:
    """Of six who came one is of a small unit: it is not shown anew, nor what would tell it, and the reason is told."""
    draw = random.Random(3)  # noqa: S311 - made-up answers
    rows = [{**answer(draw, number), "unit": ("Turku", "Oulu", "Vaasa")[number % 3]} for number in range(60)]
    folder = make_engagement(tmp_path / "e", {}, {"survey": rows})
    release(folder)
    more = [{**answer(draw, 100 + number), "unit": "Turku" if number else "Vaasa"} for number in range(6)]
    make_engagement(folder, {}, {"survey": [*rows, *more]})
    survey = current_state.open_report(str(folder), "en").survey
    shown = {cell.category for cell in survey.by(NPS, "customer", "unit")}
    assert "Vaasa" not in shown
    assert "Turku" not in shown  # with it the rest would be of the one who came to Vaasa
    reasons = {hidden.reason for hidden in survey.hidden if hidden.scope.get("unit")}
    assert reasons == {"beside an edition released before it would tell of fewer than 5"}
    assert survey.whole(NPS, "customer") is not None


def test_the_ledger_tells_no_answer(tmp_path: Path) -> None:
    """Nothing in the file is a response's id, a category or an answer, and equal answers have unequal marks."""
    rows = [{"respondent_group": "employee", "response_id": f"maija{n}", "enps": 9, "unit": "Turku"} for n in range(12)]
    folder = make_engagement(tmp_path / "e", {}, {"survey": rows})
    release(folder)
    text = (folder / "releases.yaml").read_text(encoding="utf-8")
    assert "maija" not in text
    assert "Turku" not in text
    found = read_releases(folder)
    assert found is not None
    lines = found.survey_editions[0].responses.splitlines()
    assert len({line.split(" ")[1] for line in lines}) == 12


def test_a_damaged_ledger_stops_the_reports(tmp_path: Path) -> None:
    """An entry that was changed by hand is an error that says what to put back."""
    rows = [answer(random.Random(1), number) for number in range(20)]  # noqa: S311 - made-up answers
    folder = make_engagement(tmp_path / "e", {}, {"survey": rows})
    release(folder)
    make_engagement(folder, {}, {"survey": rows[:-1]})
    file = folder / "releases.yaml"
    text = file.read_text(encoding="utf-8")
    found = read_releases(folder)
    assert found is not None
    some = found.survey_editions[0].responses.splitlines()[0]
    file.write_text(text.replace(some, some[:-2]), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"releases\.yaml was changed by hand"):
        _ = current_state.open_report(str(folder), "en").survey


def test_approved_reports_stay_approved_and_the_next_run_minds_them(tmp_path: Path) -> None:
    """`approve` remembers the answers once; a run on the same data leaves the approved page; on new data it minds them."""
    draw = random.Random(5)  # noqa: S311 - made-up answers
    rows = [answer(draw, number) for number in range(40)]
    folder = make_engagement(tmp_path / "e", {}, {"survey": rows})
    asked = Batch(reports=("current_state",), audience="employee", jobs=1)
    run_batch(load(folder), asked, lambda _: None, lambda _: None)
    assert [each.state for each in approve(load(folder), Asked(("current_state/employee",), (), "Maija", FIRST))] == [
        "approved"
    ]
    states = [outcome.state for outcome in run_batch(load(folder), asked, lambda _: None, lambda _: None).outcomes]
    assert states == ["unchanged"]
    found = read_releases(folder)
    assert found is not None
    assert len(found.survey_editions) == 1
    page = folder / "reports" / "current_state" / "employee.en.html"
    before = page.read_text(encoding="utf-8")
    make_engagement(folder, {}, {"survey": [*rows, answer(draw, 99)]})
    states = [outcome.state for outcome in run_batch(load(folder), asked, lambda _: None, lambda _: None).outcomes]
    assert states == ["made"]
    assert (f"n = {41}" in page.read_text(encoding="utf-8")) == (f"n = {41}" in before)
    assert approve(load(folder), Asked(("current_state/employee",), (), "Maija", SECOND))[0].state == "approved"
    again = read_releases(folder)
    assert again is not None
    assert len(again.survey_editions) == 1  # the late one is left out, so it is the same edition
