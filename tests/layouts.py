"""Survey tools' exports, written as the tools write them: header rows, columns of their own, rows that are no answers."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Cell = str | float | bool | dt.datetime | None
Heading = tuple[str, str]
"""A question, and its row where it has several."""

QUESTION = "Miten käyntisi sujui?"
HEADINGS: dict[str, Heading] = {
    "csat": (QUESTION, "Tyytyväisyys palveluun"), "listening": (QUESTION, "Minua kuunneltiin"), "trust": (QUESTION, "Pystyin luottamaan"),
    "comment": ("Mitä muuta haluat kertoa? Kerro, ole hyvä", ""), "nps": ("Suosittelisitko meitä ystävällesi?", ""),
}  # fmt: skip
"""What some columns are called; any other is asked for by its name."""


def heading(name: str) -> Heading:
    """Return what a canonical column is called."""
    return HEADINGS.get(name, (f"Mikä on {name} tällä rivillä?", ""))


@dataclass(frozen=True)
class Answers:
    """What is written: questions, a row of cells for each answer, and when each was given."""

    headings: Sequence[Heading]
    cells: Sequence[Sequence[Cell]]
    times: Sequence[dt.datetime]

    @property
    def numbered(self) -> list[tuple[int, Sequence[Cell], dt.datetime]]:
        """The answers with their numbers."""
        return [(number, *pair) for number, pair in enumerate(zip(self.cells, self.times, strict=True), start=1)]


@dataclass(frozen=True)
class Export:
    """A written file's records, what each question's column is to be called in the settings, and where the time is."""

    records: list[list[Cell]]
    names: list[str]
    time: str = ""
    separators: str = ";,\t"
    more: dict[str, Any] = field(default_factory=dict)


def joined(question: Heading, pattern: str = "{} – {}") -> str:
    """Return a question and its row as one name."""
    return pattern.format(*question) if question[1] else question[0]


def plain(answers: Answers) -> Export:
    """One header row."""
    names = [joined(question) for question in answers.headings]
    return Export([[*names], *map(list, answers.cells)], names)


def _codes(answers: Answers) -> list[str]:
    return [f"Q{place}[SQ001]" if row else f"Q{place}" for place, (_, row) in enumerate(answers.headings)]


def _limesurvey(answers: Answers, heads: list[str], own: list[str], names: list[str]) -> Export:
    rows: list[list[Cell]] = [
        [str(number), f"{time:%Y-%m-%d %H:%M:%S}", "3", "fi", *cells, ""] for number, cells, time in answers.numbered
    ]
    unfinished: list[Cell] = ["99", "", "1", "fi", *answers.cells[0], ""]
    return Export([[*own, *heads, "interviewtime"], *rows, unfinished], names, own[1], ";,")


def limesurvey_codes(answers: Answers) -> Export:
    """LimeSurvey with codes for headings."""
    return _limesurvey(answers, _codes(answers), ["id", "submitdate", "lastpage", "startlanguage"], _codes(answers))


def limesurvey_texts(answers: Answers) -> Export:
    """LimeSurvey with the questions' texts."""
    heads = [joined(question, "{} [{}]") for question in answers.headings]
    return _limesurvey(
        answers,
        heads,
        ["Response ID", "Date submitted", "Last page", "Start language"],
        [joined(question) for question in answers.headings],
    )


def limesurvey_both(answers: Answers) -> Export:
    """LimeSurvey with codes and texts."""
    texts = [joined(question, "{} [{}]") for question in answers.headings]
    own = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language"]
    return _limesurvey(
        answers, [f"{code}. {text}" for code, text in zip(_codes(answers), texts, strict=True)], own, _codes(answers)
    )


QUALTRICS = ["StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished", "ResponseId"]


def qualtrics(answers: Answers) -> Export:
    """Qualtrics with three header rows, a preview and an unfinished answer."""
    ids = [f"Q{place}" for place in range(len(answers.headings))]
    texts = [joined(question, "{} - {}") for question in answers.headings]
    rows: list[list[Cell]] = []
    for number, cells, time in answers.numbered:
        said = f"{time:%Y-%m-%d %H:%M:%S}"
        rows.append([said, said, "0", "100", "60", "1", f"R_{number}", *cells])
    preview: list[Cell] = [
        "2024-01-01 00:00:00",
        "2024-01-01 00:00:00",
        "1",
        "100",
        "60",
        "1",
        "R_a",
        *answers.cells[0],
    ]
    unfinished: list[Cell] = [
        "2024-01-01 00:00:00",
        "2024-01-01 00:00:00",
        "0",
        "30",
        "6",
        "0",
        "R_b",
        *answers.cells[0],
    ]
    head = [*QUALTRICS, *ids]
    imports: list[Cell] = [json.dumps({"ImportId": name}, separators=(",", ":")) for name in head]
    return Export([[*head], [*QUALTRICS, *texts], imports, preview, *rows, unfinished], texts, "EndDate", ",\t")


def qualtrics_legacy(answers: Answers) -> Export:
    """Qualtrics' older form with two header rows."""
    own = ["ResponseID", "Status", "StartDate", "EndDate", "Finished"]
    ids = [f"Q{place}" for place in range(len(answers.headings))]
    texts = [joined(question, "{}-{}") for question in answers.headings]
    rows: list[list[Cell]] = [
        [f"R_{number}", "0", f"{time:%Y-%m-%d %H:%M:%S}", f"{time:%Y-%m-%d %H:%M:%S}", "1", *cells]
        for number, cells, time in answers.numbered
    ]
    return Export([[f"V{place}" for place in range(1, 6)] + ids, [*own, *texts], *rows], ids, "EndDate", ",")


def surveymonkey(answers: Answers) -> Export:
    """SurveyMonkey: each question above its first column, American times."""
    own = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"]
    questions = [question for question, _ in answers.headings]
    above: list[Cell] = [
        "" if place and question == questions[place - 1] else question for place, question in enumerate(questions)
    ]
    below: list[Cell] = [row or "Response" for _, row in answers.headings]
    rows: list[list[Cell]] = [
        [f"1140{number}", "7", f"{time:%m/%d/%Y %H:%M:%S}", f"{time:%m/%d/%Y %H:%M:%S}", "", *cells]
        for number, cells, time in answers.numbered
    ]
    names = [joined(question) for question in answers.headings]
    return Export([[*own, *above], ["", "", "", "", "", *below], *rows], names, "End Date", ",;")


FORMS = {
    "fi": (
        ["Tunnus", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi"],
        "{t.day}.{t.month}.{t.year} {t.hour}.{t.minute:02}.{t.second:02}",
    ),
    "sv": (["ID", "Starttid", "Slutförandetid", "E-post", "Namn"], "{t:%Y-%m-%d %H:%M:%S}"),
    "en": (["ID", "Start time", "Completion time", "Email", "Name"], "{t.month}/{t.day}/{t:%y} {t:%H:%M:%S}"),
}


def ms_forms(language: str, *, book: bool = False) -> Callable[[Answers], Export]:
    """Microsoft Forms in a language: as CSV with the times of its country, or as a workbook with true times."""
    own, form = FORMS[language]

    def write(answers: Answers) -> Export:
        names = [joined(question) for question in answers.headings]
        rows: list[list[Cell]] = []
        for number, cells, time in answers.numbered:
            said: Cell = time if book else form.format(t=time)
            rows.append([float(number) if book else str(number), said, said, "anonymous", "", *cells])
        return Export([[*own, *names], *rows], names, own[2], ";,")

    return write


def google_forms(language: str) -> Callable[[Answers], Export]:
    """Google Forms: straight, or by way of Sheets in Finnish or Swedish."""
    first = {"en": "Timestamp", "fi": "Aikaleima", "sv": "Tidstämpel"}[language]
    form = {
        "en": "{t:%Y/%m/%d} {t.hour}:{t:%M:%S} AM GMT+2",
        "fi": "{t.day}.{t.month}.{t.year} {t.hour}.{t:%M.%S}",
        "sv": "{t:%Y-%m-%d %H:%M:%S}",
    }[language]

    def write(answers: Answers) -> Export:
        heads = [joined(question, "{} [{}]") for question in answers.headings]
        rows: list[list[Cell]] = [[form.format(t=time), *cells] for _, cells, time in answers.numbered]
        return Export([[first, *heads], *rows], heads, first, ",")

    return write


def webropol(depth: int) -> Callable[[Answers], Export]:
    """Webropol with a header of one to three rows, questions above the first of their rows."""

    def write(answers: Answers) -> Export:
        names = [joined(question) for question in answers.headings]
        time_form = "{t.day}.{t.month}.{t.year} {t.hour}.{t:%M}"
        rows: list[list[Cell]] = [
            [str(number), time_form.format(t=time), *cells] for number, cells, time in answers.numbered
        ]
        questions = [question for question, _ in answers.headings]
        above: list[Cell] = [
            "" if place and question == questions[place - 1] else question for place, question in enumerate(questions)
        ]
        below: list[Cell] = [row or ("-" if depth == 3 else "") for _, row in answers.headings]
        heads: dict[int, list[list[Cell]]] = {
            1: [["Vastaaja", "Vastausaika", *names]],
            2: [["Vastaaja", "Vastausaika", *above], ["", "", *below]],
            3: [
                ["", "Kesäkysely", "Osa A", *[""] * (len(names) - 1)],
                ["#", "Vastausaika", *above],
                ["-", "-", *below],
            ],
        }
        return Export([*heads[depth], *rows], names, "Vastausaika", ";,\t")

    return write


def typeform(answers: Answers) -> Export:
    """Typeform, with an answer that is partial."""
    names = [joined(question) for question in answers.headings]
    end = ["Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID"]
    rows: list[list[Cell]] = [
        [f"a{number}b", *cells, "completed", f"{time:%Y-%m-%d %H:%M:%S}", "", f"{time:%Y-%m-%d %H:%M:%S}", "653e"]
        for number, cells, time in answers.numbered
    ]
    partial: list[Cell] = ["zz", *answers.cells[0], "partial", "2024-01-01 00:00:00", "", "", "653f"]
    return Export([["#", *names, *end], *rows, partial], names, "Submit Date (UTC)", ",")


TEXT_LAYOUTS: dict[str, tuple[str, Callable[[Answers], Export]]] = {
    "limesurvey codes": ("limesurvey", limesurvey_codes),
    "limesurvey texts": ("limesurvey", limesurvey_texts),
    "limesurvey both": ("limesurvey", limesurvey_both),
    "qualtrics": ("qualtrics", qualtrics),
    "qualtrics legacy": ("qualtrics", qualtrics_legacy),
    "surveymonkey": ("surveymonkey", surveymonkey),
    **{f"ms forms {language}": ("ms_forms", ms_forms(language)) for language in FORMS},
    **{f"google forms {language}": ("google_forms", google_forms(language)) for language in ("fi", "sv", "en")},
    "webropol 1": ("plain", webropol(1)),
    "webropol 2": ("webropol", webropol(2)),
    "webropol 3": ("webropol", webropol(3)),
    "typeform": ("typeform", typeform),
    "plain": ("plain", plain),
}
"""Text files' layouts: what they are recognised as, and how they are written."""
BOOK_LAYOUTS: dict[str, tuple[str, Callable[[Answers], Export]]] = {
    "plain": ("plain", plain),
    **{f"ms forms {language}": ("ms_forms", ms_forms(language, book=True)) for language in FORMS},
    "webropol 2": ("webropol", webropol(2)),
    "surveymonkey": ("surveymonkey", surveymonkey),
}
"""Workbooks' layouts."""
SURVEYS_ONLY = frozenset({"webropol 2", "webropol 3"})
"""Layouts that need a question of several rows to be recognised."""
