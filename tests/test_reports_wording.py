"""What reports say goes no further than their figures, and what is missing is said rather than left out in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engagements import Figures, customers, make_engagement, text_by_section, text_of

from kohtaamo_utils.presentation.catalogs import read
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engagement import Language

ELEMENTS = ("listening", "expertise", "value", "trust", "solution")
BALANCED = [10, 9, 8, 7, 6, 0]
"""As many promoters as detractors."""

PROMOTERS_LEAD = "You have more promoters than detractors among the customers: NPS is {value}."
DETRACTORS_LEAD = "You have more detractors than promoters among the customers: NPS is {value}."
NEITHER_LEADS = "It cannot be told whether promoters or detractors are more numerous among the customers: NPS is {value}, which does not differ from zero beyond chance."
WEAKEST = "Weakest touchpoint: {name} ({measure} {value})."
NONE_WEAKER = "No touchpoint is weaker than the others beyond chance."
WEAKER = "Weaker than the others: {names}."
NO_DIFFERENCE = "No difference between the touchpoints stands out from chance variation."
NO_PRIORITY = "No touchpoint, unit, channel or phase stands out from chance variation, so none is named a strength or a development area."
STAFF_BELIEVE_MORE = "Staff believe that customers are met better than customers say in: {names}."
STAFF_BELIEVE_LESS = "Customers say that they are met better than staff believe in: {names}."
NO_GAP = "No gap between staff's belief and customers' experience stands out from chance variation."
TOO_FEW_MONTHS = "There are too few months to tell a change from noise."
NO_SIGNAL = "No month and no run of months stands out from the usual variation: there is no change to report."
SIGNAL = "Months that stand out of the usual variation: {months}."


def opened(
    folder: Path, rows: list[dict[str, object]], language: Language = "en", **settings: object
) -> current_state.CurrentState:
    return current_state.open_report(str(make_engagement(folder, settings, {"survey": rows})), language)


def starts(sentence: str) -> str:
    """Return a sentence up to its first filled-in value."""
    return sentence.split("{", maxsplit=1)[0].strip()


def translated(sentence: str, language: Language) -> str | None:
    """Return a sentence in a language up to its first value; None while the catalog lacks it or begins with a value."""
    message = read(language).get(sentence) if language != "en" else None
    if language != "en" and (message is None or not message.string):
        return None
    return starts(Wording(language)(sentence)) or None


def says(text: str, sentence: str, language: Language = "en") -> bool:
    """Tell whether a text has a sentence; a sentence that is not yet translated is looked for in English."""
    return (translated(sentence, language) or starts(sentence)) in text


# ---------------------------------------------------------------- recommendation

LANGUAGES: tuple[Language, ...] = ("en", "fi", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([10] * 30 + [5] * 10, PROMOTERS_LEAD),
        ([10] * 10 + [5] * 30, DETRACTORS_LEAD),
        ([10] * 6 + [5] * 4, NEITHER_LEADS),
        ([10] * 22 + [5] * 11, NEITHER_LEADS),  # 0.17…60.9, which is printed as 0…+61
        (BALANCED, NEITHER_LEADS),
    ],
)
def test_balance_of_promoters_is_claimed_only_beyond_chance(
    tmp_path: Path, language: Language, scores: list[int], sentence: str
) -> None:
    """Which of promoters and detractors are more is said only where the interval of NPS, as it is printed, leaves zero out."""
    report = opened(tmp_path, customers(scores), language)
    text = text_of(report.headline())
    found = Figures(report, "current_state")("nps", respondent_group="customer")
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low) > 0, round(found.high) < 0) == (sentence == PROMOTERS_LEAD, sentence == DETRACTORS_LEAD)
    assert [one for one in (PROMOTERS_LEAD, DETRACTORS_LEAD, NEITHER_LEADS) if says(text, one, language)] == [sentence]


# ---------------------------------------------------------------- touchpoints


@pytest.mark.parametrize("language", LANGUAGES)
def test_alike_touchpoints_are_not_ranked(tmp_path: Path, language: Language) -> None:
    """Where touchpoints differ by chance only, none is called weakest, weaker, a strength or a development area."""
    rows = [
        row
        for name, extra in (("Kassa", 10), ("Huolto", 7), ("Chat", 3))
        for row in customers([*BALANCED * 5, extra], touchpoint=name)
    ]
    report = opened(tmp_path, rows, language)
    texts = text_by_section(report, "current_state")
    assert says(texts["headline"], NONE_WEAKER, language)
    assert says(texts["touchpoint_map"], NO_DIFFERENCE, language)
    assert says(texts["priorities"], NO_PRIORITY, language)
    whole = " ".join(texts.values())
    assert not [one for one in (WEAKEST, WEAKER, "Strengths:", "Development areas:") if says(whole, one, language)]


def test_a_touchpoint_that_differs_is_named(tmp_path: Path) -> None:
    """One touchpoint far below the others is called the weakest, and its evidence is given."""
    rows = customers(BALANCED * 10, touchpoint="Kassa") + customers([9, 10] * 30, touchpoint="Huolto")
    rows += customers([9, 10, 8] * 20, touchpoint="Chat")
    texts = text_by_section(opened(tmp_path, rows), "current_state")
    assert "Weakest touchpoint: Kassa (NPS 0)." in texts["headline"]
    assert "Weaker than the others: Kassa." in texts["touchpoint_map"]
    assert "Development areas:" in texts["priorities"]
    assert "all the others +83" in texts["priorities"]


def test_the_weakest_is_not_named_where_it_does_not_differ(tmp_path: Path) -> None:
    """A lower value of six answers does not make another touchpoint the weakest, nor is the weaker one denied."""
    rows = customers([9, 10] * 12, touchpoint="Kassa") + customers(BALANCED * 20, touchpoint="Huolto")
    rows += customers([10, 10, 8, 5, 5, 5], touchpoint="Chat")
    report = opened(tmp_path, rows)
    figures = Figures(report, "current_state")
    lowest = figures("nps", respondent_group="customer", touchpoint="Chat").value
    weaker = figures("nps", respondent_group="customer", touchpoint="Huolto").value
    assert (lowest, weaker) == (pytest.approx(-100 / 6), 0)
    text = text_of(report.headline())
    assert "Weaker than the others: Huolto." in text
    assert not says(text, WEAKEST)
    assert not says(text, NONE_WEAKER)


def test_two_weak_touchpoints_are_named_together(tmp_path: Path) -> None:
    """Of two that are both weaker than the others none is called the weakest, since they may not differ."""
    rows = customers([9, 10] * 100, touchpoint="Kassa")
    rows += customers(BALANCED * 20, touchpoint="Huolto") + customers([*BALANCED * 20, 5], touchpoint="Chat")
    text = text_of(opened(tmp_path, rows).headline())
    assert "Weaker than the others: Chat, Huolto." in text
    assert not says(text, WEAKEST)


def test_one_touchpoint_is_not_compared(tmp_path: Path) -> None:
    """A single touchpoint is neither weakest nor not weaker."""
    text = text_of(opened(tmp_path, customers(BALANCED * 5, touchpoint="Kassa")).headline())
    assert not [one for one in (WEAKEST, WEAKER, NONE_WEAKER) if says(text, one)]


def test_one_odd_group_among_forty_stays_unnamed(tmp_path: Path) -> None:
    """Of forty touchpoints one that would differ if it were tested alone is not named: the tests are adjusted."""
    rows = [row for index in range(39) for row in customers(BALANCED * 5, touchpoint=f"Piste {index:02d}")]
    odd = [10] * 6 + [8] * 8 + [5] * 16
    rows += customers(odd, touchpoint="Outo")
    report = opened(tmp_path, rows)
    found = next(row for row in report.touchpoint_map().blocks[1].rows if row[0] == "Outo")
    assert found[2] == "−33 (−57…−3)"
    assert len(report.touchpoint_map().blocks[1].rows) == 40
    assert says(text_of(report.headline()), NONE_WEAKER)


# ---------------------------------------------------------------- staff and customers


def mirrored(customer: list[int], staff: list[int], items: tuple[str, ...] = ("trust",)) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {"respondent_group": "customer", **dict.fromkeys(items, score)} for score in customer
    ]
    return rows + [{"respondent_group": "employee", **dict.fromkeys(items, score)} for score in staff]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("staff", "sentence"),
    [([4, 5, 5] * 8, STAFF_BELIEVE_MORE), ([3, 2, 4] * 8 + [4], NO_GAP), ([1, 2, 1] * 8, STAFF_BELIEVE_LESS)],
)
def test_a_mirror_gap_is_claimed_only_beyond_chance(
    tmp_path: Path, language: Language, staff: list[int], sentence: str
) -> None:
    """Staff are said to believe more or less than customers say only of elements whose interval leaves zero out."""
    report = opened(tmp_path, mirrored([3, 4, 2] * 20, staff), language)
    text = text_of(report.mirror_gap())
    found = [one for one in (STAFF_BELIEVE_MORE, STAFF_BELIEVE_LESS, NO_GAP) if says(text, one, language)]
    assert found == [sentence]


def test_gaps_of_both_signs_are_both_told(tmp_path: Path) -> None:
    """Where staff believe more of one element and less of another, both are named and the rest is not."""
    rows = [
        {"respondent_group": "customer", "trust": 3 + i % 2, "value": 3 + i % 2, "listening": 3 + i % 2}
        for i in range(40)
    ]
    rows += [
        {"respondent_group": "employee", "trust": 4 + i % 2, "value": 1 + i % 2, "listening": 3 + i % 2}
        for i in range(20)
    ]
    text = text_of(opened(tmp_path, rows).mirror_gap())
    assert "Staff believe that customers are met better than customers say in: building trust." in text
    assert "Customers say that they are met better than staff believe in: creating value." in text


def test_without_staff_there_is_no_mirror(tmp_path: Path) -> None:
    """Without a staff survey the mirror gap is empty, and the part on data says that it is left out."""
    texts = text_by_section(opened(tmp_path, mirrored([3, 4, 2] * 20, [])), "current_state")
    assert not texts["mirror_gap"].strip()
    assert (
        "mirror gap (staff and customers were not asked the same, or too few answers may be shown)"
        in texts["data_quality"]
    )


def test_staff_belief_is_not_passed_off_as_experience(tmp_path: Path) -> None:
    """Where staff's answers on being heard stand beside customers', the table says whose view they are."""
    items = ("heard", "understood", "valued")
    text = text_of(opened(tmp_path, mirrored([3, 4, 2] * 20, [4, 5] * 8, items)).measures())
    assert "staff tell how they believe customers are met" in text
    alone = text_of(opened(tmp_path / "alone", mirrored([3, 4, 2] * 20, [], items)).measures())
    assert "staff tell how they believe" not in alone


def test_the_headline_names_whose_enps_it_is(tmp_path: Path) -> None:
    """A card of supervisors' eNPS says so, since the measure's own name speaks of employees."""
    rows = customers(BALANCED) + [{"respondent_group": "supervisor", "enps": score} for score in BALANCED]
    assert "Employee Net Promoter Score (eNPS): supervisors" in text_of(opened(tmp_path, rows).headline())


# ---------------------------------------------------------------- elements and months


def test_elements_are_not_ranked_when_intervals_overlap(tmp_path: Path) -> None:
    """Highest and lowest element are named only where their intervals are apart, and never of a single element."""
    alike = [{"respondent_group": "customer", "trust": 3 + i % 3, "value": 2 + i % 4} for i in range(24)]
    text = text_of(opened(tmp_path / "alike", alike).elements())
    assert "intervals of the highest and the lowest of these scores overlap" in text
    assert "Highest in" not in text
    apart = [{"respondent_group": "customer", "trust": 4 + i % 2, "value": 1 + i % 2} for i in range(24)]
    assert "Highest in customers' scores: building trust (4.50). Lowest: creating value (1.50)." in text_of(opened(tmp_path / "apart", apart).elements())  # fmt: skip
    single = [{"respondent_group": "customer", "trust": 4 + i % 2} for i in range(24)]
    text = text_of(opened(tmp_path / "single", single).elements())
    assert "Building trust" in text
    assert "overlap" not in text
    assert "Highest in" not in text


def monthly(levels: list[list[int]]) -> list[dict[str, object]]:
    return [
        row for month, scores in enumerate(levels, 1) for row in customers(scores, answered_on=f"2025-{month:02d}-10")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_months_tell_nothing(tmp_path: Path, language: Language) -> None:
    """With three months no limits are drawn, and neither a change nor its absence is claimed."""
    text = text_of(opened(tmp_path, monthly([[9] * 9, BALANCED * 2, [3] * 9]), language).trend())
    assert says(text, TOO_FEW_MONTHS, language)
    assert not says(text, NO_SIGNAL, language)
    assert not says(text, "Vertical lines are each month's 95% interval.", language)


def test_a_month_out_of_the_limits_is_named(tmp_path: Path) -> None:
    """With twelve months the one far below the rest is named; without it none is."""
    steady = [[*BALANCED * 3, extra] for extra in (10, 5, 7, 10, 5, 7, 10, 5, 7, 10, 5, 7)]
    assert says(text_of(opened(tmp_path / "steady", monthly(steady)).trend()), NO_SIGNAL)
    fallen = [*steady[:9], [0] * 19, *steady[10:]]
    text = text_of(opened(tmp_path / "fallen", monthly(fallen)).trend())
    assert "Months that stand out of the usual variation: Oct 2025." in text
    assert not says(text, NO_SIGNAL)


# ---------------------------------------------------------------- mystery shopping


@pytest.mark.parametrize(
    ("score", "sentence"),
    [
        (1, "No critical question was left without points on any visit."),
        (0, "Critical questions were not met at all 1 times out of 6."),
    ],
)
def test_critical_questions_are_not_overstated(tmp_path: Path, score: int, sentence: str) -> None:
    """A critical question that earned one point of five was not missed, and nothing says that it was met."""
    visits = [
        {
            "visit_id": index,
            "criterion": "Huomattiin",
            "score": score if index == 0 else 5,
            "maximum": 5,
            "critical": "yes",
        }
        for index in range(6)
    ]
    folder = make_engagement(tmp_path, {}, {"survey": customers(BALANCED), "mystery_shopping": visits})
    text = text_of(current_state.open_report(str(folder)).mystery_shopping())
    assert sentence in text
    assert "was met on every visit" not in text
