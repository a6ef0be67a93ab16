"""Open comments: sentences from a file, filled in, mixed, and written as hastily as people write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .chance import pick, pick_weighted

if TYPE_CHECKING:
    import numpy as np

_HERE = Path(__file__).parent
_HEADER = re.compile(r"\[(?P<pool>\S+) (?P<polarity>[+~-])\]")
_SLOT = re.compile(r"\{(\w+)\}")

# nominative, genitive, partitive, elative, inessive
_PRODUCTS = (
    ("pyörä", "pyörän", "pyörää", "pyörästä", "pyörässä"),
    ("porakone", "porakoneen", "porakonetta", "porakoneesta", "porakoneessa"),
    ("vedenkeitin", "vedenkeittimen", "vedenkeitintä", "vedenkeittimestä", "vedenkeittimessä"),
    ("kahvinkeitin", "kahvinkeittimen", "kahvinkeitintä", "kahvinkeittimestä", "kahvinkeittimessä"),
    ("imuri", "imurin", "imuria", "imurista", "imurissa"),
    ("valaisin", "valaisimen", "valaisinta", "valaisimesta", "valaisimessa"),
    ("potkulauta", "potkulaudan", "potkulautaa", "potkulaudasta", "potkulaudassa"),
    ("painepesuri", "painepesurin", "painepesuria", "painepesurista", "painepesurissa"),
    ("grilli", "grillin", "grilliä", "grillistä", "grillissä"),
    ("trimmeri", "trimmerin", "trimmeriä", "trimmeristä", "trimmerissä"),
    ("lumilinko", "lumilingon", "lumilinkoa", "lumilingosta", "lumilingossa"),
    ("ilmanpuhdistin", "ilmanpuhdistimen", "ilmanpuhdistinta", "ilmanpuhdistimesta", "ilmanpuhdistimessa"),
    ("ompelukone", "ompelukoneen", "ompelukonetta", "ompelukoneesta", "ompelukoneessa"),
)
_PRODUCT_SLOTS = ("tuote", "tuotteen", "tuotetta", "tuotteesta", "tuotteessa")
_SLOTS = {
    **{slot: tuple(forms[case] for forms in _PRODUCTS) for case, slot in enumerate(_PRODUCT_SLOTS)},
    "viikkoa": ("kaksi viikkoa", "kolme viikkoa", "pari viikkoa", "viisi viikkoa", "12 päivää", "puolitoista viikkoa"),
    "minuuttia": ("kymmenen minuuttia", "20 minuuttia", "puoli tuntia", "45 minuuttia", "kolme varttia", "25 min"),
    "kertaa": ("kaksi kertaa", "kolme kertaa", "neljä kertaa", "ainakin kolme kertaa", "viisi kertaa"),
    "kerran": ("kolmatta kertaa", "neljättä kertaa", "jo viidettä kertaa"),
    "ihmiselle": ("kolmelle eri ihmiselle", "neljälle eri henkilölle", "kahdelle eri myyjälle", "ainakin viidelle"),
}


def read_pools(path: Path) -> dict[tuple[str, str], list[str]]:
    """Read a file of sentences.

    Parameters
    ----------
    path
        Text with headers such as ``[jono -]``; ``#`` starts a remark.

    Returns
    -------
    dict
        Sentences by pool and polarity (``+``, ``-``, ``~``).
    """
    pools: dict[tuple[str, str], list[str]] = {}
    current: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if header := _HEADER.fullmatch(line):
            current = pools.setdefault((header["pool"], header["polarity"]), [])
        elif line and not line.startswith("#"):
            current.append(line)
    return pools


def _fill(rng: np.random.Generator, sentence: str) -> str:
    def replacement(slot: re.Match[str]) -> str:
        word = pick(rng, _SLOTS[slot[1].lower()])
        return word[0].upper() + word[1:] if slot[1][0].isupper() else word

    return _SLOT.sub(replacement, sentence)


def _haste(rng: np.random.Generator, comment: str) -> str:
    """Drop capitals and full stops now and then, swap two letters rarely."""
    if rng.random() < 0.12:
        comment = comment[0].lower() + comment[1:]
    if rng.random() < 0.20:
        comment = comment.rstrip(".")
    elif rng.random() < 0.06:
        comment = comment.rstrip(".!") + "!!"
    if rng.random() < 0.05 and len(comment) > 25:
        at = int(rng.integers(8, len(comment) - 8))
        if comment[at : at + 2].isalpha():
            comment = comment[:at] + comment[at + 1] + comment[at] + comment[at + 2 :]
    return comment


@dataclass
class Commenter:
    """Writes comments without repeating a sentence before its pool is used up.

    Parameters
    ----------
    rng
        The stream of the file that the comments are for.
    file
        Name of the file of sentences in this folder.
    """

    rng: np.random.Generator
    file: str = "kommentit.txt"
    _left: dict[tuple[str, str], list[str]] = field(default_factory=dict, init=False)
    _written: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self._pools = read_pools(_HERE / self.file)

    def sentence(self, pool: str, polarity: str) -> str:
        """Return the next sentence of a pool, its slots filled in."""
        key = (pool, polarity)
        if not self._left.get(key):
            order = self.rng.permutation(len(self._pools[key]))
            self._left[key] = [self._pools[key][int(index)] for index in order]
        return _fill(self.rng, self._left[key].pop())

    def comment(self, themes: dict[str, float], polarities: dict[str, float]) -> str:
        """Return a comment of one to three sentences on different themes.

        Parameters
        ----------
        themes
            Weights of the themes to write about.
        polarities
            Weights of ``+``, ``-`` and ``~``.

        Returns
        -------
        str
            A text that this commenter has not written before, unless ten tries failed.
        """
        for _ in range(10):
            text = self._draft(dict(themes), polarities)
            if text not in self._written:
                break
        self._written.add(text)
        return text

    def _draft(self, themes: dict[str, float], polarities: dict[str, float]) -> str:
        wanted = min(pick_weighted(self.rng, {1: 0.55, 2: 0.35, 3: 0.10}), len(themes))
        polarity = pick_weighted(self.rng, polarities)
        sentences = []
        for _ in range(wanted):
            theme = pick_weighted(self.rng, themes)
            del themes[theme]
            sentences.append(self.sentence(theme, polarity))
            # people who are content still add a wish, and the other way round
            polarity = polarity if self.rng.random() < 0.8 else "~"
        line_break = self.rng.random() < 0.04
        return _haste(self.rng, ("\n" if line_break else " ").join(sentences))
