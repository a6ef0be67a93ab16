"""Who staff are in the mirror gap: the groups of which each figure is shown by itself, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engagements import make_engagement, text_of

from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.wording import Language

GROUPS = {
    "fi": "Henkilöstö tarkoittaa tässä näitä ryhmiä yhdessä: työntekijät ja esihenkilöt.",
    "sv": "Med personalen avses här dessa grupper tillsammans: medarbetare och chefer.",
    "en": "Staff here are these groups together: employees and supervisors.",
}
LEFT_OUT = {
    "fi": "Ryhmä ei ole mukana niissä elementeissä, joissa sen omaa lukua ei näytetä.",
    "sv": "En grupp ingår inte i de element där dess egen siffra inte visas.",
    "en": "A group is left out of the elements of which its own figure is not shown.",
}


def believed(group: str, trust: list[int], value: list[int]) -> list[dict[str, object]]:
    return [
        {"respondent_group": group, "perspective": "believed", "trust": one, "value": other}
        for one, other in zip(trust, value, strict=True)
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("everywhere", [True, False])
def test_a_group_that_is_not_in_every_figure_is_not_said_to_be(
    tmp_path: Path, language: Language, everywhere: bool
) -> None:
    """Supervisors whose trust alone is not shown are left out of that gap, and the text says so; else it says nothing of it."""
    mixed, top = [2, 4, 3, 5, 1, 3, 4, 2], [5] * 8
    rows = [
        *believed("employee", [3, 4, 2, 5] * 6, [4, 2, 3, 5] * 6),
        *believed("supervisor", mixed if everywhere else top, mixed),
        *({"respondent_group": "customer", "trust": 2 + index % 3, "value": 3 + index % 2} for index in range(30)),
    ]
    text = text_of(
        current_state.open_report(str(make_engagement(tmp_path, {}, {"survey": rows})), language).mirror_gap()
    )
    assert GROUPS[language] in text
    assert (LEFT_OUT[language] in text) == (not everywhere)
