"""The chain: each link on the same measure, and the weakest named only where every comparison carries it."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

import formulas
import pytest
from engagements import Figures, make_engagement, text_of
from sample_files import read

from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

HEARD = ("heard", "understood", "valued")
WEAKEST = "Weakest link of the chain:"


def met(group: str, scores: list[int], **same: object) -> list[dict[str, object]]:
    return [
        {"respondent_group": group, "perspective": "experienced", **dict.fromkeys(HEARD, score), **same}
        for score in scores
    ]


def opened(folder: Path, *groups: list[dict[str, object]]) -> current_state.CurrentState:
    rows = [row for group in groups for row in group]
    return current_state.open_report(str(make_engagement(folder, {}, {"survey": rows})), "en")


def test_links_of_the_sample(project: Path) -> None:
    """A staff link is the mean of those who answered all three questions on those above them, with Student's interval."""
    folder = project / "data" / "sample"
    figures = Figures(current_state.open_report(str(folder)), "current_state")
    frame = read(folder / "data", "johtaminen.csv")
    columns = ["Tulin kuulluksi", "Tulin ymmärretyksi", "Tunsin itseni arvostetuksi"]
    for link, group in (("management", "supervisor"), ("supervisors", "employee")):
        rows = frame[frame["vastaajaryhma"] == group][columns].dropna()
        values = [fmean(map(float, row)) for row in rows.to_numpy()]
        found = figures("chain_link", respondent_group=group, link=link)
        assert (found.value, found.low, found.high) == pytest.approx(formulas.mean(values, 1, 5), rel=1e-9)
        assert found.n == len(values)
    teams = figures("chain_link", respondent_group="customer", link="teams")
    assert teams == figures("heard_index", respondent_group="customer")


def test_the_weakest_link_is_named_where_it_stands_out(tmp_path: Path) -> None:
    """A link far below both others is named the weakest."""
    high, low = [5, 4] * 10, [1, 2] * 10
    report = opened(tmp_path, met("supervisor", high), met("employee", low), met("customer", high))
    assert f"{WEAKEST} Supervisors → teams." in text_of(report.chain())


@pytest.mark.parametrize(
    ("management", "supervisors", "teams", "sentence"),
    [
        ([4, 3, 5] * 5, [3, 4, 5] * 5, [5, 4, 3] * 5, "No link of the chain is weaker than another beyond chance."),
        ([1, 2] * 10, [1, 2] * 10, [5, 4] * 10, "Strongest link of the chain: Teams → customers."),
        (
            [3, 3, 4, 3, 4] * 2,
            [2, 5, 3, 5, 4] * 2,
            [4, 4, 4, 4, 5, 4] * 4,
            "Some links of the chain differ, but none can be said to be weaker than all the others.",
        ),
    ],
)
def test_no_weakest_link_is_claimed_that_chance_may_have_made(
    tmp_path: Path, management: list[int], supervisors: list[int], teams: list[int], sentence: str
) -> None:
    """A link that is not weaker than each of the others beyond chance is not called the weakest."""
    text = text_of(
        opened(tmp_path, met("supervisor", management), met("employee", supervisors), met("customer", teams)).chain()
    )
    assert sentence in text
    assert WEAKEST not in text


def test_a_link_of_few_is_hidden_and_the_rest_is_told(tmp_path: Path) -> None:
    """Four supervisors give no figure of the management's link; the report says that it is missing."""
    figures = Figures(
        opened(tmp_path, met("supervisor", [1] * 4), met("employee", [3, 4] * 5), met("customer", [4, 5] * 5)),
        "current_state",
    )
    assert {figure.scope["link"] for figure in figures.named("chain_link")} == {"supervisors", "teams"}
    text = text_of(figures.sections["chain"])
    assert "Not asked of this link, or too few answered: Management → supervisors." in text
    assert "n = 4" not in text


def test_what_staff_believe_is_no_link(tmp_path: Path) -> None:
    """Answers of the perspective "believed" are on customers and make no link of the chain."""
    believed = [row | {"perspective": "believed"} for row in met("employee", [4] * 20)]
    figures = Figures(opened(tmp_path, believed, met("customer", [4, 5] * 10)), "current_state")
    assert figures.sections["chain"].blocks == ()
    assert not figures.named("chain_link")
    assert "chain from the management to the customers" in figures.text


def test_links_are_compared_on_a_measure_that_they_share(tmp_path: Path) -> None:
    """Where the three questions were not asked of every link, the one that most links share is taken."""
    rows = [
        {"respondent_group": group, "perspective": "experienced", "trust": 3 + index % 3}
        for group in ("employee", "customer")
        for index in range(12)
    ]
    found = Figures(opened(tmp_path, rows), "current_state").named("chain_link")
    assert [figure.scope for figure in found] == [
        {"respondent_group": "employee", "link": "supervisors", "element": "trust"},
        {"respondent_group": "customer", "link": "teams", "element": "trust"},
    ]


def test_a_units_link_of_the_sample(project: Path) -> None:
    """A unit's link is the mean of its own answers, the customers' the same figure as in the comparison of units."""
    folder = project / "data" / "sample"
    figures = Figures(current_state.open_report(str(folder)), "current_state")
    frame = read(folder / "data", "johtaminen.csv")
    columns = ["Tulin kuulluksi", "Tulin ymmärretyksi", "Tunsin itseni arvostetuksi"]
    rows = frame[(frame["vastaajaryhma"] == "employee") & (frame["Yksikkö"] == "Oulu")][columns].dropna()
    values = [fmean(map(float, row)) for row in rows.to_numpy()]
    found = figures("chain_link", respondent_group="employee", link="supervisors", unit="Oulu")
    assert (found.value, found.low, found.high) == pytest.approx(formulas.mean(values, 1, 5), rel=1e-9)
    assert found.n == len(values)
    teams = figures("chain_link", respondent_group="customer", link="teams", unit="Oulu")
    assert teams == figures("heard_index", respondent_group="customer", unit="Oulu")


def by_units(folder: Path, **units: tuple[list[int], list[int]]) -> str:
    """Return the chain's text of units whose employees and customers gave these scores; nine more answer without a unit."""
    rows = [
        met(group, scores, unit=unit)
        for unit, both in units.items()
        for group, scores in zip(("employee", "customer"), both, strict=True)
    ]
    return text_of(opened(folder, *rows, met("employee", [4] * 9), met("customer", [4] * 9)).chain())


FAIR, LOW = [4, 3, 5, 4] * 5, [1, 2, 1, 2] * 5


def test_a_units_weakest_link_is_named_where_it_stands_out(tmp_path: Path) -> None:
    """Employees far below the customers of their own unit are its weakest link; in the other unit nothing is told."""
    text = by_units(tmp_path, Turku=(LOW, FAIR), Oulu=(FAIR, FAIR))
    assert "Units in which one link is weaker than the others beyond chance: Turku: Supervisors → teams" in text
    assert "Oulu: " not in text
    assert text.count("cannot be told") == 1


def test_no_unit_is_named_for_what_one_of_many_comparisons_gives_by_chance(tmp_path: Path) -> None:
    """A gap with p .03 (Welch) is a finding in the only unit there is, and none among twelve."""
    lower, even = [3, 4, 3, 4, 3, 4, 4, 3, 4, 4] * 2, [4, 4, 3, 4, 4, 4, 4, 4, 4, 4] * 2
    pair = (lower, even)
    alone = by_units(tmp_path / "one", Turku=pair)
    assert "Turku: Supervisors → teams" in alone
    twelve = {f"Yksikkö {place}": (even, even) for place in range(11)}
    assert "In none of the units shown is one link of the chain weaker" in by_units(
        tmp_path / "many", Turku=pair, **twelve
    )


def test_a_unit_of_few_is_left_out_of_the_chain_with_what_would_tell_of_it(tmp_path: Path) -> None:
    """Four employees of a unit are not shown, nor the next smallest group, whose figure less the total would be theirs."""
    units = {"Turku": (FAIR, FAIR), "Oulu": (FAIR[:6], FAIR), "Vaasa": ([1] * 4, FAIR)}
    rows = [
        met(group, scores, unit=unit)
        for unit, both in units.items()
        for group, scores in zip(("employee", "customer"), both, strict=True)
    ]
    figures = Figures(opened(tmp_path, *rows), "current_state")
    shown = {
        figure.scope["unit"]
        for figure in figures.named("chain_link")
        if figure.scope["respondent_group"] == "employee" and "unit" in figure.scope
    }
    assert shown == {"Turku"}
    assert "n = 4" not in text_of(figures.sections["chain"])


def test_a_link_that_is_weaker_than_the_next_only_is_not_called_the_weakest(tmp_path: Path) -> None:
    """Teams below supervisors (Welch's p .00007), not below a management told of by few (p .20): no weakest is named."""
    groups = (
        met("supervisor", [3, 5, 4, 5, 4, 5]),
        met("employee", [4, 4, 5, 4, 4, 5] * 6),
        met("customer", [4, 3, 4, 5, 4, 3] * 10),
    )
    text = text_of(opened(tmp_path, *groups).chain())
    assert "Some links of the chain differ, but none can be said to be weaker than all the others." in text
    assert WEAKEST not in text


def test_brackets_are_explained_only_where_there_are_any(tmp_path: Path) -> None:
    """Where all of every unit answered alike there is no interval, and no note on brackets."""
    even = [4] * 9
    assert "In brackets" not in by_units(tmp_path / "even", Turku=(even, even), Oulu=(even, even))
    assert "In brackets" in by_units(tmp_path / "mixed", Turku=(FAIR, FAIR), Oulu=(even, even))


def test_the_chain_is_told_once_where_all_are_of_one_unit(tmp_path: Path) -> None:
    """Where every answer names the same unit, its chain is that of the whole and is not told again by unit."""
    rows = met("employee", FAIR, unit="Turku"), met("customer", FAIR, unit="Turku")
    text = text_of(opened(tmp_path / "one", *rows).chain())
    assert "along the chain" in text
    assert "by unit" not in text


def test_without_units_or_with_one_link_each_nothing_is_shown_by_unit(tmp_path: Path) -> None:
    """No units in the answers give no table; units of customers alone give the sentence that says why there is none."""
    plain = text_of(opened(tmp_path / "none", met("employee", FAIR), met("customer", FAIR)).chain())
    assert "by unit" not in plain
    customers = met("customer", FAIR, unit="Turku")
    text = text_of(opened(tmp_path / "one", met("employee", FAIR), customers).chain())
    assert "The chain cannot be shown by unit: no unit has enough answers of two links." in text
