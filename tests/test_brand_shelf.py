"""A font is cut once for all reports of a run that are written in the same characters, and the bytes are those of a cut of one's own."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from brands import branded, font, with_font

from kohtaamo_utils.brand import fonts
from kohtaamo_utils.brand.fonts import face, subset
from kohtaamo_utils.brand.shelf import Shelf
from kohtaamo_utils.delivery.warmth import hand_over
from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import read

if TYPE_CHECKING:
    from collections.abc import Callable

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")


def in_fork(call: Callable[[], object]) -> int:
    """Run a call in a fork and return its exit status: 0 if it returned true."""
    process = os.fork()
    if process == 0:
        try:
            os._exit(0 if call() else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def never() -> bytes:
    """Fail, for what is on the shelf is not made."""
    raise AssertionError


@needs_fork
def test_what_one_fork_makes_another_finds():
    """An entry that a fork has put there is found by the process that it came from and by its other forks."""
    shelf = Shelf()
    assert in_fork(lambda: shelf.taken(b"a", lambda: b"made in a fork") == b"made in a fork") == 0
    assert in_fork(lambda: shelf.taken(b"a", never) == b"made in a fork") == 0
    assert shelf.taken(b"a", never) == b"made in a fork"
    assert shelf.taken(b"b", lambda: b"") == b""
    assert shelf.taken(b"b", never) == b""


@needs_fork
def test_many_forks_at_once_lose_nothing():
    """Twenty forks that write at the same time leave whole entries, each found afterwards."""
    shelf = Shelf()
    forks = []
    for number in range(20):
        process = os.fork()
        if process == 0:
            shelf.taken(str(number).encode(), lambda number=number: str(number).encode() * 50_000)
            os._exit(0)
        forks.append(process)
    assert [os.waitpid(process, 0)[1] for process in forks] == [0] * 20
    for number in range(20):
        assert shelf.taken(str(number).encode(), never) == str(number).encode() * 50_000


@needs_fork
@pytest.mark.parametrize("left", [1, 40, 72, 90])
def test_what_a_killed_fork_began_is_passed_over(left):
    """An entry that was cut off while it was written is not read, and the next one takes its place."""
    shelf = Shelf()
    shelf.taken(b"a", lambda: b"whole")
    before = os.fstat(shelf._file.fileno()).st_size
    shelf.taken(b"b", lambda: b"x" * 100)
    os.ftruncate(shelf._file.fileno(), before + left)

    def killed() -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""

    assert in_fork(lambda: shelf.taken(b"c", killed)) == -signal.SIGKILL
    assert shelf.taken(b"b", lambda: b"y" * 100) == b"y" * 100
    assert [shelf.taken(key, never) for key in (b"a", b"b")] == [b"whole", b"y" * 100]


def test_a_full_shelf_takes_no_more(monkeypatch):
    """Beyond its size nothing is kept, and everything is made all the same."""
    monkeypatch.setattr("kohtaamo_utils.brand.shelf.FULL", 100)
    shelf = Shelf()
    assert [shelf.taken(b"a", lambda each=each: each) for each in (b"x" * 99, b"y" * 99)] == [b"x" * 99, b"y" * 99]


def test_subsets_are_kept_by_font_and_characters(monkeypatch):
    """The same font and characters give the kept bytes, which are those of a cut without a shelf; another of either is cut anew."""
    kept = Shelf()
    monkeypatch.setattr(fonts, "shelf", lambda: kept)
    plain, bold = face("Oma", font()), face("Oma", font(bold=True))
    first = subset(plain, {"a", "b"})
    assert first == fonts._cut(plain, "ab")
    cuts: list[str] = []
    cut = fonts._cut
    monkeypatch.setattr(fonts, "_cut", lambda one, characters: cuts.append(characters) or cut(one, characters))
    assert subset(plain, frozenset("ba")) == first
    assert cuts == []
    assert subset(plain, {"a", "c"}) != first
    assert subset(bold, {"a", "b"}) != first
    assert cuts == ["ac", "ab"]


@pytest.mark.parametrize("named", ["_brand.yml", None])
def test_forks_of_a_run_in_a_brand_have_the_shelf_in_common(named, tmp_path):
    """What a run hands over to its forks has the shelf where the engagement has a brand, and none elsewhere."""
    folder = branded(tmp_path, {"meta": "Oma", "typography": with_font()}, {"oma.ttf": font()}, named)
    engagement = load(folder)
    fonts.shelf.cache_clear()
    hand_over(engagement, read(engagement, ["survey"]), ())
    assert fonts.shelf.cache_info().currsize == (named is not None)
