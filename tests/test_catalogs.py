"""The catalogs hold every message of the kit, whole and fit to print, in each language."""

from __future__ import annotations

import ast
import string
from gettext import NullTranslations
from typing import TYPE_CHECKING

import pytest

from kohtaamo_utils.presentation import catalogs, wording
from kohtaamo_utils.presentation.code_messages import called, marked_calls
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.reports import current_state, review_360, roi

if TYPE_CHECKING:
    from collections.abc import Iterator

NBSP = "\u00a0"
SAME_AS_ENGLISH = {
    "fi": {
        "Mystery shopping": "the field's own name also in Finnish",
        "PERT": "the distribution's name",
        "{name}: {detail}": "a pattern of two texts",
        "{group}, n": "a column's pattern: a group, and the sign of a number of answers",
    },
    "sv": {
        "Mystery shopping": "the field's own name also in Swedish",
        "PERT": "the distribution's name",
        "{name}: {detail}": "a pattern of two texts",
        "{group}, n": "a column's pattern: a group, and the sign of a number of answers",
        "cent": "the same word in Swedish",
        "Segment": "the same word in Swedish",
        "Element": "the same word in Swedish",
        "Pilot": "the same word in Swedish",
        "Data": "the same word in Swedish",
        "Period": "the same word in Swedish",
        "Scenario": "the same word in Swedish",
        "{n} problem": "the same word in Swedish",
        "{n} problem.": "the same word in Swedish",
    },
}
languages = pytest.mark.parametrize("language", catalogs.TRANSLATED)


@pytest.fixture(scope="module")
def used() -> set[tuple[str, ...]]:
    """Every message that code, pages and notebooks use; singular and plural together."""
    return {_ids(message) for message in catalogs.messages() if message.id}


def _ids(message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _entries(language: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield each entry's message ids and its translations."""
    for message in catalogs.read(language):
        if message.id:
            texts = (message.string,) if isinstance(message.string, str) else tuple(message.string)
            yield _ids(message), texts


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@languages
def test_every_message_is_translated(used, language):
    """No message that the kit uses lacks its translation, in none of its plural forms."""
    translated = {ids for ids, texts in _entries(language) if all(text.strip() for text in texts)}
    assert sorted(used - translated) == []


@languages
def test_nothing_is_left_over(used, language):
    """A catalog holds no message that the kit no longer uses."""
    assert sorted({ids for ids, _ in _entries(language)} - used) == []


@languages
def test_placeholders_are_the_same(language):
    """A translation has the placeholders of its message: none lost, none invented, none misspelt."""
    wrong = [text for ids, texts in _entries(language) for text in texts if _places(text) != _places(ids[-1])]
    assert wrong == []


@languages
def test_plurals_have_all_their_forms(language):
    """A message with a plural has as many texts as its language has plural forms."""
    wanted = catalogs.read(language).num_plurals
    wrong = [ids for ids, texts in _entries(language) if len(texts) != (wanted if len(ids) > 1 else 1)]
    assert wrong == []


@languages
def test_nothing_is_fuzzy(language):
    """No translation waits to be checked."""
    assert [message.id for message in catalogs.read(language) if message.id and message.fuzzy] == []


@languages
def test_nothing_is_left_in_english(language):
    """A text equals its English message only where the list above gives the reason, and the list has nothing else."""
    same = {ids[0] for ids, texts in _entries(language) if texts[0] == ids[0]}
    assert same == set(SAME_AS_ENGLISH[language])


@languages
def test_typography(language):
    """Print has no straight quotes, and a number keeps its per cent sign on the line with a no-break space."""
    texts = [text for _, forms in _entries(language) for text in forms]
    assert [text for text in texts if '"' in text or " %" in text] == []
    assert any(f"95{NBSP}%" in text for text in texts)


def test_finnish_sentence():
    """A Finnish reader meets Finnish, and a value stands where its placeholder was."""
    assert Wording("fi")("n = {n}", n="12") == f"n{NBSP}={NBSP}12"
    assert Wording("fi")(
        "Weakest touchpoint: {name} ({measure} {value}).", name="Kassa", measure="NPS", value="−7"
    ) == ("Heikoin kohtaamispiste: Kassa (NPS −7).")


@pytest.mark.parametrize(("count", "text"), [(1, "1\u00a0kuukausi"), (2, "2\u00a0kuukautta"), (0, "0\u00a0kuukautta")])
def test_finnish_plural(count, text):
    """Finnish has the nominative for one and the partitive for any other count."""
    assert Wording("fi").plural("{n} month", "{n} months", count, n=str(count)) == text


class _Unknown(NullTranslations):
    """Takes note of the messages that a catalog does not have."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def gettext(self, message: str) -> str:
        """Note the message and return it as it is."""
        self.asked.append(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Note the message and return it as it is."""
        self.asked.append(msgid1)
        return super().ngettext(msgid1, msgid2, n)


def _sections(report) -> Iterator[object]:
    yield report.cover()
    for name, member in vars(type(report)).items():
        if callable(member) and not name.startswith("_") and name != "facts":
            yield getattr(report, name)()


@pytest.mark.parametrize(
    "opened",
    [
        lambda folder: current_state.open_report(folder, "fi"),
        lambda folder: roi.open_report(folder, "fi"),
        lambda folder: review_360.open_person(folder, "r01", "fi"),
        lambda folder: review_360.open_group(folder, "fi"),
    ],
    ids=["current_state", "roi", "person", "group"],
)
def test_reports_ask_for_known_messages_only(project, monkeypatch, opened):
    """Every sentence that a report of the sample prints was found by the search for messages."""
    unknown = _Unknown()
    known = wording._catalog.__wrapped__("fi")
    known.add_fallback(unknown)
    monkeypatch.setattr(wording, "_catalog", lambda _language: known)
    report = opened(str(project / "data" / "sample"))
    assert len(list(_sections(report))) > 3
    assert unknown.asked == []


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """Make a kit of one module, one template folder and one catalog."""
    package = tmp_path / "kit"
    locale = package / "presentation" / "locale"
    locale.mkdir(parents=True)
    for name in ("templates", "notebooks"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(catalogs, "LOCALES", locale)
    monkeypatch.setattr(catalogs, "bundled", lambda name: tmp_path / name)
    (package / "code.py").write_text('t("Kept")\nN_("New")\nplural("{n} day", "{n} days", 1)\n', encoding="utf-8")
    (locale / "fi.po").write_text(
        'msgid "Kept"\nmsgstr "Säilynyt"\n\nmsgid "Dropped"\nmsgstr "Pudonnut"\n', encoding="utf-8"
    )
    return tmp_path


@pytest.mark.usefixtures("kit")
def test_update():
    """Bringing a catalog up to date keeps translations, adds new messages empty, drops old ones and counts the empty."""
    assert catalogs.update("fi") == 2
    assert dict(_entries("fi")) == {
        ("Kept",): ("Säilynyt",),
        ("New",): ("",),
        ("{n} day", "{n} days"): ("", ""),
    }


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("f\"{name}: {t('Inside')}\"", {("Inside",)}),
        ('f"""{text} {f\'({t(one)}, {self.t("Twice inside")})\'}"""', {("Twice inside",)}),
        ("t('One' if single else 'Several')", {("One",), ("Several",)}),
        ("t(named or 'Else')", {("Else",)}),
        ("t('Two ' 'parts', n=t('In an argument'))", {("Two parts",), ("In an argument",)}),
        ("f\"{plural('{n} hour', '{n} hours', n)}\"", {("{n} hour", "{n} hours")}),
    ],
)
def test_messages_are_found_wherever_they_are_marked(kit, code, found):
    """A literal text that a call marks is a message, also inside an f-string and as one of two that may be chosen."""
    (kit / "kit" / "code.py").write_text(code, encoding="utf-8")
    assert {_ids(message) for message in catalogs.messages() if message.id} == found


def test_no_message_is_put_together_at_run_time(project):
    """What is marked is a literal text, a choice of such, or a name: no catalog could hold what is put together later."""
    wrong = [
        f"{file.name}:{call.lineno} {ast.unparse(argument)}"
        for file in sorted((project / "kohtaamo_utils").rglob("*.py"))
        for call in marked_calls(ast.parse(file.read_bytes()), catalogs.KEYWORDS)
        for argument in call.args[: len(catalogs.KEYWORDS[called(call)] or (1,))]
        for choice in ([argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument])
        if isinstance(choice, ast.JoinedStr | ast.BinOp)
    ]
    assert wrong == []


def test_markdown_of_templates(kit):
    """A template's headings are found without their marks, and its paragraphs whole."""
    cells = '[{"cell_type": "markdown", "source": ["# Head\\n", "\\n", "Two\\n", "lines."]}, {"cell_type": "code", "source": ["t(1)"]}]'
    (kit / "templates" / "own.ipynb").write_text(f'{{"cells": {cells}}}', encoding="utf-8")
    found = {_ids(message) for message in catalogs.messages() if message.id}
    assert {("Head",), ("Two\nlines.",)} <= found
