"""Columns of a survey or a 360 review that nothing maps, but that say which rows are no whole answers, tests, or one person's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.yaml_text import yaml_text
from kohtaamo_utils.intake.people.guests import is_nobody
from kohtaamo_utils.intake.rows.unread_columns import MOST_WORDS, excluding, listed, some_of, texts_of, unread
from kohtaamo_utils.intake.values.cells import as_text
from kohtaamo_utils.intake.values.vocabulary import DASHES, NO_VALUE, parse_choices
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Sheet


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})", re.IGNORECASE)


_NO, _YES = _any("ei|e|nej|no|n|false|epätosi|falskt|0|incomplete"), _any("kyllä|k|ja|yes|y|true|tosi|sant|x|1")
SAID = (
    (
        _any(
            r"(?:[\w-]+ )?(?:tila|vastaustila|status|svarsstatus|vastaustyyppi|svarstyp|response type|completion|state|disposition)|mode|_validation_status"
        ),
        _any(
            r"kesken|keskeneräinen|keskeytetty|keskeyttänyt|aloitettu|aloittanut|osittainen|osittain vastattu|vastattu osittain|hylätty|karsittu|testi|testivastaus|esikatselu|kiintiö täynnä"
            r"|påbörja[dt]|pågående|ofullständigt?|ej slutför[dt]|inte slutför[dt]|delvis|delvis (?:be)?svara[dt]|delvis slutför[dt]|avbru[dt]e[nt]|avbrutit|bortsållad|testsvar|förhandsgranskning|kvot full"
            r"|partial|partially complete[d]?|partial response|incomplete|in ?progress|started|abandoned|drop(?:ped)? ?out|disqualified|screened[ -]?out|screen ?out|terminated|quota ?full|over ?quota"
            r"|suspended|deleted|spam|test|test (?:response|data)|preview|not complete[d]?|unfinished|pretest|not approved"
        ),
    ),
    (_any(r"(?:on |is )?(?:testi|testivastaus|testidata|testsvar|test|test (?:response|answer|data)|esikatselu|preview)"), _YES),
    (_any(r"(?:on |is )?(?:valmis|lähetetty|slutförd|inskickad|complete[d]?|finished|submitted)\??|\w+_complete"), _NO),
)  # fmt: skip
"""For each kind of column, what it is called and which of its words say that a row is no whole answer; the whole cell."""

_WHO = _any(
    r"vastaaja(?:n(?:umero|ro)?)?[ -]?(?:id|tunnus|tunniste|numero|nro)?|vastaus[ -]?(?:id|tunnus|tunniste|numero)"
    r"|respondent(?:ens)?[ _-]?(?:id|nummer|number)?|svars?[ -]?(?:id|nummer)|(?:response|participant|user|unique)[ _-]?id"
)
"""What the column of who answered is called, or the number of what they answered."""


SEVERAL = 2
"""So many different choices in a column are what a constant cannot be."""


def check_answer_columns(table: str, sheet: Sheet, used: Collection[str], source: Source, findings: Findings) -> None:
    """Tell of columns that are not read but say that rows are unfinished, screened out or tests, or a survey's of one person.

    Parameters
    ----------
    table
        Canonical table; in a 360 review one person answers about several.
    sheet
        Answers without those that the survey tool or rules leave out.
    used
        Names of the columns that are read.
    source
        Their block in the settings.
    findings
        Takes a log entry for each such column, with the rule that would leave the rows out.
    """
    ruled = {rule.column.casefold() for rule in source.exclude}
    for place, name in unread(sheet, used).items():
        found = next((words for heading, words in SAID if heading.fullmatch(name)), None)
        if found is None or name.casefold() in ruled:
            continue
        words = some_of(texts_of(sheet.column(place)), found)
        if words:
            detail = say(
                "{name} is not read, and holds {words}: such rows count as answers; if they are none, add `{entry}` to the source's block",
                name=name,
                words=listed(words),
                entry=excluding(name, words),
            )
            findings.note("unsettled", "status", 1, detail, column=name, value=words[0])
    _tell_choices(table, sheet, used, source, findings)
    if table == "survey":
        _tell_repeated(sheet, used, findings)


def _is_nobody(text: str) -> bool:
    return not text or text.casefold() in NO_VALUE | DASHES or is_nobody(text)


def _tell_choices(table: str, sheet: Sheet, used: Iterable[str], source: Source, findings: Findings) -> None:
    """Tell of a column that is not read and says row by row what a constant says of all: who answered, or as what."""
    for constant, value in source.constants.items():
        rule = TABLES[table].column(constant)
        if rule is None or not rule.choices:
            continue
        for place, name in unread(sheet, used).items():
            texts = [text for text in texts_of(sheet.column(place)) if text]
            read = parse_choices(list(texts), constant, rule.choices) if SEVERAL <= len(texts) <= MOST_WORDS else None
            if read is None or read.wrong or len(set(read.found)) < SEVERAL:
                continue
            detail = say(
                "{name} is not read, and holds {words}, while `{constant}` is {value} on every row; if it says so of each row, write `{entry}` in place of the constant",
                name=name,
                words=listed(texts),
                constant=constant,
                value=str(value),
                entry=f"columns: {{{constant}: {yaml_text(name)}}}",
            )
            findings.note("unsettled", "constant_beside_column", 1, detail, column=name, value=constant)


def _tell_repeated(sheet: Sheet, used: Iterable[str], findings: Findings) -> None:
    """Tell of a column of respondents that is not read and has some of them twice: each of their rows counts as somebody."""
    for place, name in unread(sheet, used).items():
        if not _WHO.fullmatch(name):
            continue
        texts = sheet.column(place).map(as_text)
        given = texts[~texts.map(_is_nobody)]
        repeated = int(given.duplicated(keep=False).sum())
        if repeated and given.nunique() > 1:
            detail = say(
                "{name} is not read, and {repeated} of {rows} rows share their value with another: each row counts as an answer of somebody else; "
                "if these are one person's, keep one row of each",
                name=name,
                repeated=repeated,
                rows=len(given),
            )
            findings.note("unsettled", "repeated_respondent", repeated, detail, column=name)
