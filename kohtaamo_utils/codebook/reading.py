"""Which codebook an engagement uses: the kit's own, and what the client's ``codebook.yaml`` makes of it."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from kohtaamo_utils.codebook.model import Codebook, OwnCodebook, Tone, refuse_repeats
from kohtaamo_utils.engagement.document import checked, read_document
from kohtaamo_utils.errors import Problem, SettingsError, say
from kohtaamo_utils.registers import read_register
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Engagement

CODEBOOK, FILE = "data/codebook.yaml", "codebook.yaml"


@cache
def bundled_codebook() -> Codebook:
    """Return the kit's own codebook.

    Examples
    --------
    >>> [theme.id for theme in bundled_codebook().themes][:3]
    ['repeating', 'waiting', 'listening']
    """
    return read_register(bundled(CODEBOOK), Codebook, say("codebook"))


def own_codebook(engagement: Engagement) -> tuple[str, ...]:
    """Return the name of the client's own codebook, if the engagement has one."""
    return (FILE,) if engagement.path(FILE).is_file() else ()


def codebook_of(engagement: Engagement) -> Codebook:
    """Return the codebook of an engagement.

    Raises
    ------
    SettingsError
        The client's file says something that cannot be; every problem has its line.
    """
    if not own_codebook(engagement):
        return bundled_codebook()
    return _own(engagement.path(FILE).read_bytes())


def problems_with_codebook(engagement: Engagement) -> tuple[Problem, ...]:
    """Return what is wrong with the client's own codebook; nothing where the kit's is used."""
    try:
        codebook_of(engagement)
    except SettingsError as error:
        return error.problems
    return ()


@cache
def _own(content: bytes) -> Codebook:
    document = read_document(content, FILE)
    own = checked(OwnCodebook, {} if document is None else document, FILE)
    kit = bundled_codebook()
    _check_left_out(own, kit)
    replaced = {theme.id: theme for theme in own.themes}
    kept = [] if own.base == "none" else [theme for theme in kit.themes if theme.id not in own.leave_out]
    themes = tuple(replaced.pop(theme.id, theme) for theme in kept) + tuple(replaced.values())
    try:
        refuse_repeats(themes)
    except ValueError as error:
        raise _error(Problem(file=FILE, kind="setting", column="themes", message=error.args[0])) from None
    if not themes:
        raise _error(
            Problem(file=FILE, kind="setting", column="leave_out", message=say("No theme is left. Leave fewer out."))
        )
    return Codebook(
        version=kit.version,
        dated=kit.dated,
        author=kit.author,
        themes=themes,
        tone=Tone(good=kit.tone.good.joined(own.tone.good), bad=kit.tone.bad.joined(own.tone.bad)),
        negations=kit.negations.joined(own.negations),
        turns=kit.turns.joined(own.turns),
        common=kit.common,
    )


def _check_left_out(own: OwnCodebook, kit: Codebook) -> None:
    known = [theme.id for theme in kit.themes]
    wrong = [name for name in own.leave_out if name not in known]
    if wrong:
        raise _error(*(_unknown(name, known) for name in wrong))


def _unknown(name: str, known: list[str]) -> Problem:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return Problem(
        file=FILE,
        kind="unknown_theme",
        column="leave_out",
        value=name,
        message=say("The kit's codebook has no theme with this id."),
        expected=say("one of {names}", names=", ".join(known)),
        advice=say("Did you mean `{near}`?", near=near[0]) if near else say("Correct it."),
    )


def _error(*problems: Problem) -> SettingsError:
    return SettingsError(say("{file} cannot be used as it is:", file=FILE), problems)
