"""Random whole 360 programmes for the attack on files: who rates whom, in which groups, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings

PROTECTED = ("peer", "report", "customer")
COMPETENCIES = ("trust", "listening", "value")
MOODS = (
    (0.2, 0.2, 0.2, 0.2, 0.2),
    (0.02, 0.03, 0.15, 0.3, 0.5),
    (0.5, 0.3, 0.1, 0.05, 0.05),
    (0, 0, 0, 0.1, 0.9),
    (0, 0.1, 0.6, 0.3, 0),
    (0, 0, 0, 1, 0),
)
"""How a group answers an item: at random, friendly, harsh, nearly all at the top, in the middle, all the same."""


@dataclass(frozen=True, order=True)
class Sheet:
    """One rater's questionnaire: about whom, by whom, as a member of which group, in which wave."""

    wave: str
    reviewee: str
    group: str
    rater: str

    @property
    def known(self) -> bool:
        """Whether the reader knows what stands on it: self and managers are known by name."""
        return self.group in ("self", "manager")


Answers = dict[Sheet, dict[str, int]]
"""What was answered, item by item; an item that was left unanswered is absent."""


@dataclass(frozen=True)
class Programme:
    """A programme as it comes to the kit.

    Parameters
    ----------
    answers
        By sheet.
    items
        Item to competency; None for an item by itself.
    waves
        From the first to the last.
    minimum, others
        The settings that the rules depend on.
    """

    answers: Answers
    items: dict[str, str | None]
    waves: tuple[str, ...] = ("2025",)
    minimum: int = 3
    others: str = "raters"

    @property
    def reviewees(self) -> list[str]:
        """Everybody who is rated."""
        return sorted({sheet.reviewee for sheet in self.answers})

    @property
    def disclosure(self) -> Disclosure:
        """``disclosure`` of the settings."""
        return Disclosure(minimum_raters=self.minimum)

    @property
    def review(self) -> Review360Settings:
        """``review_360`` of the settings."""
        return Review360Settings(others=self.others)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Canonical ratings; unanswered items are rows without a score."""
        nothing = float("nan")
        rows = [
            (sheet.reviewee, sheet.rater, sheet.group, item, competency, float(given.get(item, nothing)), sheet.wave)
            for sheet, given in self.answers.items()
            for item, competency in self.items.items()
        ]
        columns = ["reviewee_id", "rater_id", "rater_group", "item", "competency", "score", "wave"]
        return pd.DataFrame(rows, columns=columns)

    def until(self, wave: str) -> Programme:
        """Return the programme as it was when a wave was reported on."""
        waves = self.waves[: self.waves.index(wave) + 1]
        return replace(self, answers={s: a for s, a in self.answers.items() if s.wave in waves}, waves=waves)

    def with_answers(self, answers: Answers) -> Programme:
        """Return the same programme with other answers by the same people to the same items."""
        return replace(self, answers=answers)


def make(seed: int) -> Programme:
    """Make a random programme of 5–8 reviewees: small groups, shared raters, items left out, friendly and unanimous groups."""
    random = np.random.default_rng(seed)
    items = _items(random)
    reviewees = [f"v{number}" for number in range(random.integers(5, 9))]
    waves = ("2024", "2025") if random.random() < 0.15 else ("2025",)
    answers: Answers = {}
    for wave in waves:
        for reviewee in reviewees:
            answers |= _review(random, wave, reviewee, items)
    minimum = int(random.choice([3, 3, 3, 3, 4, 5]))
    return Programme(answers, items, waves, minimum, "groups" if random.random() < 0.25 else "raters")


def _items(random: np.random.Generator) -> dict[str, str | None]:
    items: dict[str, str | None] = {}
    for competency in COMPETENCIES[: random.integers(2, 4)]:
        items |= {f"{competency} {number}": competency for number in range(1, int(random.integers(2, 4)) + 1)}
    return items | ({"overall": None} if random.random() < 0.2 else {})


def _review(random: np.random.Generator, wave: str, reviewee: str, items: dict[str, str | None]) -> Answers:
    """Return one reviewee's sheets; raters are drawn from one pool, so that reviewees share them."""
    sizes = {
        "self": int(random.random() < 0.9),
        "manager": int(random.choice([0, 1, 1, 1, 2])),
        "peer": int(random.choice([0, 1, 2, 3, 3, 4, 5, 6])),
        "report": int(random.choice([0, 0, 1, 2, 3, 4, 5, 6])),
        "customer": int(random.choice([0, 0, 0, 1, 2, 3, 5])),
    }
    crowd = iter(random.permutation(30))
    answers: Answers = {}
    gaps = random.choice([0, 0, 0.1, 0.25])
    for group, size in sizes.items():
        moods = {item: MOODS[random.integers(len(MOODS))] for item in items}
        double = [sheet.rater for sheet in answers if not sheet.known and random.random() < 0.1]
        raters = [reviewee] if group == "self" else [*double, *(f"p{next(crowd)}" for _ in range(size))][:size]
        for rater in raters:
            given = {item: int(random.choice(5, p=mood)) + 1 for item, mood in moods.items()}
            left_out = gaps if group != "self" else 0
            kept = {item: score for item, score in given.items() if random.random() >= left_out}
            if size:
                answers[Sheet(wave, reviewee, group, rater)] = kept
    return answers
