"""Mystery shopping beyond the mean: critical questions, partial credit, double visits, what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import formulas
import pytest
from engagements import Figures, customers, make_engagement, text_of

from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = {"Tervehdys": True, "Tarve": False}


def visit(name: str, scores: tuple[float | str, float | str], **where: object) -> list[dict[str, object]]:
    same = {"unit": "Turku", "touchpoint": "Kassa", "visited_on": "2025-05-05", **where}
    return [
        {"visit_id": name, "criterion": question, "score": score, "maximum": 2, "critical": "yes" if must else "no", **same}
        for (question, must), score in zip(QUESTIONS.items(), scores, strict=True)
    ]  # fmt: skip


def opened(folder: Path, *visits: list[dict[str, object]]) -> current_state.CurrentState:
    rows = [row for part in visits for row in part]
    return current_state.open_report(
        str(make_engagement(folder, {}, {"survey": customers([9] * 10), "mystery_shopping": rows})), "en"
    )


def test_critical_questions_and_partial_credit(tmp_path: Path) -> None:
    """One of three critical answers earned nothing; two of five scored answers earned a part; one was not judged."""
    report = opened(tmp_path, visit("a", (0, 1)), visit("b", (2, 1), unit="Oulu"), visit("c", (2, ""), unit="Espoo"))
    figures = Figures(report, "current_state")
    failed = figures("critical_failed", criterion="Tervehdys")
    assert (failed.value, failed.low, failed.high) == pytest.approx(formulas.share(1, 3))
    assert figures("partial_credit").value == pytest.approx(2 / 5)
    text = text_of(figures.sections["mystery_shopping"])
    assert "Critical questions were not met at all 1 times out of 3." in text
    assert "Questions that did not apply or could not be judged: 1." in text


def test_double_visits_are_told(tmp_path: Path) -> None:
    """Two visits of one day to one place agree on one of two questions."""
    figures = Figures(opened(tmp_path, visit("a", (2, 1)), visit("b", (2, 2))), "current_state")
    assert figures("double_visit_agreement").value == 0.5
    assert "Double visits (the same unit, touchpoint and day): 1." in text_of(figures.sections["mystery_shopping"])


def test_without_double_visits_agreement_is_said_to_be_unknown(tmp_path: Path) -> None:
    """Visits on two days tell nothing of how far two shoppers would agree, and the report says so."""
    text = text_of(opened(tmp_path, visit("a", (2, 1)), visit("b", (2, 2), visited_on="2025-06-06")).mystery_shopping())
    assert "how far two shoppers would agree is not known" in text


def test_a_unit_stands_out_only_beyond_chance(tmp_path: Path) -> None:
    """Six visits near full points against six near none differ; alike ones do not."""
    low = [visit(f"l{place}", (0, place % 2)) for place in range(6)]
    high = [visit(f"h{place}", (2, 1 + place % 2), unit="Oulu") for place in range(6)]
    text = text_of(opened(tmp_path / "one", *low, *high).mystery_shopping())
    assert "weaker than the others" in text
    alike = [visit(f"l{place}", (2, place % 2), unit="Turku" if place < 6 else "Oulu") for place in range(12)]
    assert "weaker than the others" not in text_of(opened(tmp_path / "two", *alike).mystery_shopping())


def test_visits_are_listed_without_their_day(tmp_path: Path) -> None:
    """Each visit's score stands in the report, but not the day, which would tell whose shift it was."""
    text = text_of(opened(tmp_path, visit("K77", (2, 1))).mystery_shopping())
    assert "K77" in text
    assert "05/05/2025" not in text
    assert "2025-05-05" not in text
