"""Which instrument and practices an engagement uses: the kit's own, or files that its settings name."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from kohtaamo_utils.engagement.document import checked, read_document
from kohtaamo_utils.errors import SETTINGS_FILE, Problem, SettingsError, either, say
from kohtaamo_utils.instrument.practices import Practices
from kohtaamo_utils.instrument.questionnaire import Instrument
from kohtaamo_utils.registers import Entry, read_register
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Engagement

INSTRUMENT, PRACTICES = "data/competencies.yaml", "data/practices.yaml"
Kind = TypeVar("Kind", bound=Entry)


@cache
def bundled_questions() -> Instrument:
    """Return the kit's own instrument.

    Examples
    --------
    >>> [competency.id for competency in bundled_questions().competencies][:3]
    ['listening', 'expertise', 'value']
    """
    return read_register(bundled(INSTRUMENT), Instrument, say("instrument"))


@cache
def bundled_practices() -> Practices:
    """Return the kit's own practices."""
    return read_register(bundled(PRACTICES), Practices, say("list of practices"))


def own_files(engagement: Engagement) -> tuple[str, ...]:
    """Return the client's own files of instrument and practices, as the settings name them."""
    review = engagement.settings.review_360
    return tuple(name for name in (review.instrument, review.practices) if name is not None)


def questions_of(engagement: Engagement) -> Instrument:
    """Return the instrument of an engagement: the file that `review_360.instrument` names, else the kit's own.

    Raises
    ------
    SettingsError
        The client's file is missing or says something that cannot be; every problem has its line.
    """
    review = engagement.settings.review_360
    if review.instrument is None:
        return bundled_questions()
    own = _own(engagement, "instrument", review.instrument, Instrument)
    if (own.scale.low, own.scale.high) != review.scale:
        scale = f"[{own.scale.low}, {own.scale.high}]"
        message = say(
            "The instrument's scale is {own}, but `review_360.scale` is {scale}.", own=scale, scale=str([*review.scale])
        )
        raise _error(
            Problem(
                file=review.instrument,
                kind="instrument_scale",
                column="scale",
                message=message,
                advice=say("Set `{entry}`.", entry=f"review_360: {{scale: {scale}}}"),
            )
        )
    return own


def practices_of(engagement: Engagement) -> Practices:
    """Return the practices of an engagement: the kit's own, with those of the file that `review_360.practices` names.

    Raises
    ------
    SettingsError
        The client's file is missing, says something that cannot be, or names a competency that the instrument has not.
    """
    name = engagement.settings.review_360.practices
    if name is None:
        return bundled_practices()
    own = _own(engagement, "practices", name, Practices)
    known = [competency.id for competency in questions_of(engagement).competencies]
    wrong = [(its.id, named) for its in own.practices for named in its.competencies if named not in known]
    if wrong:
        raise _error(*(_unknown_competency(name, practice, named, known) for practice, named in wrong))
    return bundled_practices().with_own(own)


def problems_with(engagement: Engagement) -> tuple[Problem, ...]:
    """Return what is wrong with the client's own instrument and practices; nothing where the kit's own are used."""
    found: dict[Problem, None] = {}
    for read in (questions_of, practices_of):
        try:
            read(engagement)
        except SettingsError as error:
            found |= dict.fromkeys(error.problems)
    return tuple(found)


def _unknown_competency(file: str, practice: str, named: str, known: list[str]) -> Problem:
    near = get_close_matches(named, known, n=2, cutoff=0.5)
    return Problem(
        file=file,
        kind="unknown_competency",
        message=say(
            'The practice "{practice}" is for the competency "{named}", which the instrument does not have.',
            practice=practice,
            named=named,
        ),
        expected=say("one of {names}", names=", ".join(known)),
        advice=say("Did you mean {offer}?", offer=either(near)) if near else say("Correct it."),
    )


def _own(engagement: Engagement, key: str, name: str, kind: type[Kind]) -> Kind:
    path = engagement.path(name)
    if not path.is_file():
        raise _error(
            Problem(
                file=SETTINGS_FILE,
                kind="missing_file",
                column=f"review_360.{key}",
                value=name,
                message=say("There is no such file in the engagement folder."),
                advice=say("Correct the name, or leave the key out: the kit's own is then used."),
            )
        )
    return checked(kind, _document(path.read_bytes(), name), name)


@cache
def _document(content: bytes, name: str) -> Any:
    return read_document(content, name)


def _error(*problems: Problem) -> SettingsError:
    return SettingsError(say("{file} cannot be used as it is:", file=problems[0].file), problems)
