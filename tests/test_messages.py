"""Messages for the consultant: English text that knows what it was made from, and is told in his language."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from messages import PACKAGE, PASSED_ON, Unsaid, unsaid, untold
from pydantic import ValidationError

from kohtaamo_utils.engagement import EngagementSettings
from kohtaamo_utils.engagement.explain import problems_of
from kohtaamo_utils.errors import DataError, Problem, Said, either, joined, quoted, say, say_plural, shortened
from kohtaamo_utils.presentation.catalogs import TRANSLATED
from kohtaamo_utils.presentation.wording import Wording

MODULES = sorted(file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))
languages = pytest.mark.parametrize("language", TRANSLATED)
PROBLEM = Problem(
    file="data/kysely.csv", row=7, column="nps", value="text", kind="out_of_range",
    message=say("{value} is outside the scale.", value="text"), expected=say("a whole number"), advice=say("Correct it."),
)  # fmt: skip


@pytest.mark.parametrize("module", MODULES)
def test_every_message_is_said(module):
    """No module writes an error, a problem or a log entry down past `say`, but those that pass text on."""
    found = unsaid(PACKAGE / module)
    assert module in PASSED_ON or found == []


def test_reasons_for_passing_on_are_needed():
    """A module that the list excuses is one that needs it."""
    assert [module for module in PASSED_ON if not unsaid(PACKAGE / module)] == []


@pytest.mark.parametrize(
    "source",
    [
        'raise DataError("Wrong.")',
        'raise DataError(f"Wrong: {x}.")',
        'def f(x):\n    text = f"Wrong: {x}."\n    findings.problem("kind", text)',
        'findings.problem("kind", say("Wrong."), advice="Mend " + it)',
        'findings.note("inferred", "rule", 1, "a" if x else say("b"))',
        'def _text(x):\n    return f"Wrong: {x}."\nfindings.stop("kind", _text(1))',
        "raise DataError(say(text))",
        'raise DataError(", ".join(names))',
        'Wrong("kind", say("Wrong."), "Mend it.")',
    ],
)
def test_what_is_not_said_is_found(source):
    """The search finds a message written down as text, through a variable, a helper or a half of an expression."""
    assert len(Unsaid(source).found) == 1


def test_what_is_said_passes():
    """The search lets messages and what passes them on through."""
    source = 'def f(x, message):\n    more = say("b")\n    findings.problem("k", message, expected=more if x else "", advice=x.advice)'
    assert Unsaid(source).found == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'data/kysely.csv, row 7, column "nps", value "text": text is outside the scale. Expected: a whole number. Correct it.'),
        ("fi", "data/kysely.csv, rivi 7, sarake ”nps”, arvo ”text”: text ei kuulu asteikolle. Pitäisi olla: kokonaisluku. Korjaa se."),
        ("sv", "data/kysely.csv, rad 7, kolumn ”nps”, värde ”text”: text är utanför skalan. Ska vara: ett heltal. Rätta det."),
    ],
)  # fmt: skip
def test_a_problem_is_told(language, text):
    """A problem is told with its place in the language; a cell stands as it came, though it is a word of a catalog."""
    assert Wording(language).told(PROBLEM.said) == text


def test_english_is_the_text_itself():
    """A message is its English text for whoever does not ask for more."""
    assert str(PROBLEM) == Wording("en").told(PROBLEM.said)
    assert str(DataError(say("Stop."), (PROBLEM,))) == f"Stop.\n  - {PROBLEM}"


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda text: pickle.loads(pickle.dumps(text))])  # noqa: S301 - our own bytes
def test_a_copy_is_told_too(twin):
    """A message that was copied, or came from another process, is still told in the language."""
    for message in (say_plural("{n} problem.", "{n} problems.", 3), joined([say("row {row}", row="3"), "x"])):
        again = twin(message)
        assert (again, Wording("fi").told(again)) == (message, Wording("fi").told(message))


@pytest.mark.parametrize(
    ("count", "texts"),
    [
        (0, ("0 problems.", "0 ongelmaa.", "0 problem.")),
        (1, ("1 problem.", "1 ongelma.", "1 problem.")),
        (2, ("2 problems.", "2 ongelmaa.", "2 problem.")),
        (12345, ("12,345 problems.", "12\u00a0345 ongelmaa.", "12\u00a0345 problem.")),
    ],
)
def test_a_count_decides_the_form(count, texts):
    """A count is written as the language writes it, and the sentence has the form that goes with it."""
    message = say_plural("{n} problem.", "{n} problems.", count)
    assert tuple(Wording(language).told(message) for language in ("en", "fi", "sv")) == texts


def test_alternatives():
    """Alternatives are told with the language's word and marks between and around them."""
    offer = say("Did you mean {offer}?", offer=either(map(quoted, ["a", "b"])))
    assert (offer, Wording("fi").told(offer)) == ('Did you mean "a" or "b"?', "Tarkoititko: ”a” tai ”b”?")


def test_braces_in_a_value_stay():
    """A cell with braces is text, never a place to fill."""
    message = say("{value} is outside the scale.", value="{value} {0}")
    assert Wording("fi").told(message) == "{value} {0} ei kuulu asteikolle."


def test_a_long_value_is_cut_and_the_sentence_kept():
    """Cutting a message cuts the texts in it; it is still told in the language."""
    message = shortened(say("{value} is outside the scale.", value="x" * 30), 3)
    assert isinstance(message, Said)
    assert Wording("sv").told(message) == "xxx… är utanför skalan."


def _driver(name: str, **changes: Any) -> dict[str, Any]:
    """Return a driver's block; what its effect does not have is a key of the block."""
    effect = {"low": 0.0, "likely": 0.1, "high": 0.2, "unit": "relative", "source": "test", "grade": "A"}
    of_effect = {key: value for key, value in changes.items() if key in {*effect, "shape", "evidence", "override"}}
    rest = {key: value for key, value in changes.items() if key not in of_effect}
    return {name: {**rest, "effect": effect | of_effect}}


_WINDOW = {"start": "2025-01-01", "end": "2025-12-31"}
_WINDOWS = {"baseline": _WINDOW, "follow_up": _WINDOW}
_RANGE = {"low": 1, "high": 2}
_BASKET = _driver("basket", margin_rate=0.3)
WRONG_SETTINGS = [
    {"client": ""}, {"client": 5}, {}, {"client": "A", "language": "de"}, {"client": "A", "currency": "euro"},
    {"client": "A", "period": {"start": "x", "end": "2025-01-01"}},
    {"client": "A", "period": {"start": "2025-02-01", "end": "2025-01-01"}},
    {"client": "A", "period": 5}, {"client": "A", "disclosure": {"minimum_raters": 1}},
    {"client": "A", "disclosure": {"minimum_raters": 3.5}}, {"client": "A", "disclosure": {"minimum_raters": "x"}},
    {"client": "A", "review_360": {"scale": 5}}, {"client": "A", "review_360": {"scale": [1, 2, 3]}},
    {"client": "A", "review_360": {"scale": [5, 1]}}, {"client": "A", "review_360": {"min_item_share": 2}},
    {"client": "A", "sources": []}, {"client": "A", "sources": {"survey": []}}, {"client": "A", "sources": {"x": {}}},
    {"client": "A", "touchpoints": [{"name": "a"}, {"name": "a"}]},
    {"client": "A", "touchpoints": [{"name": "a", "internal": "perhaps", "volume_per_month": "many"}]},
    {"client": "A", "touchpoints": {"name": "a"}},
    {"client": "A", "sources": {"survey": {"file": "a", "exclude": [{"column": "a", "matches": "("}]}}},
    {"client": "A", "sources": {"survey": {"file": "a", "exclude": [{"column": "a"}]}}},
    {"client": "A", "sources": {"survey": {"file": "a", "columns": {"nps": {"x": "a"}}}}},
    {"client": "A", "sources": {"survey": {"file": "a", "decimal": ";", "dates": "d"}}},
    {"client": "A", "sources": {"ratings_360": {"file": "a", "wide": {"items": []}}}},
    {"client": "A", "sources": {"ratings_360": {"file": "a", "exclude_flagged": "too_fast"}}},
    {"client": "A", "survey_frame": {"customer": {"invited": 4, "known": {"unit": {"A": 5}}}}},
    {"client": "A", "survey_frame": {"customer": {"invited": 0, "known": {"town": {"A": 5}}}}},
    {"client": "A", "weighting": {"customer": {}}},
    {"client": "A", "weighting": {"customer": {"margins": {}, "cap": [1.0, 3]}}},
    {"client": "A", "weighting": {"customer": {"margins": {"unit": {"A": 0.5, "B": 0.4}}}}},
    {"client": "A", "weighting": {"customer": {"margins": {"unit": {"A | B": 1, "B": 2}}}}},
    {"client": "A", "roi": {"horizon_years": 0, "discount_rate": -2, "costs": {"initial": -1, "per_year": "x"}}},
    {"client": "A", "roi": {"drivers": {}}}, {"client": "A", "roi": {"costs": {"initial": 1}}}, {"client": "A", "roi": _BASKET | {"basket": 5}},
    {"client": "A", "roi": _BASKET | {"scenarios": {"low": {"basket": 0.1}}}},
    {"client": "A", "roi": _BASKET | {"scenarios": {"x": {"baskets": float("nan")}}}},
    {"client": "A", "roi": _BASKET | {"scenarios": {"x": {"baskets": 0.1}}}}, {"client": "A", "roi": _BASKET | {"ranges": {"qqq": _RANGE}}},
    {"client": "A", "roi": _BASKET | {"ranges": {"cost_initial": {"low": 2, "high": 1}}}},
    {"client": "A", "roi": _driver("basket", unit="points", margin_rate=0.3)}, {"client": "A", "roi": _driver("basket", grade="D", margin_rate=0.3)},
    {"client": "A", "roi": _driver("basket", low=9, margin_rate=0.3)}, {"client": "A", "roi": _driver("basket", shape="flat", margin_rate=0.3)},
    {"client": "A", "roi": _driver("basket", evidence="nothing", margin_rate=0.3)},
    {"client": "A", "roi": _driver("basket", evidence="retention_five_times_cheaper", margin_rate=0.3)},
    {"client": "A", "roi": _driver("turnover", unit="points", cost={})}, {"client": "A", "roi": _driver("retention")},
    {"client": "A", "roi": _driver("retention", unit="points")}, {"client": "A", "roi": _driver("retention", unit="points", **_WINDOWS)},
    {"client": "A", "roi": _driver("retention", unit="points", model="shifted_beta_geometric", **_WINDOWS)},
    {"client": "A", "roi": _driver("retention", unit="points", baseline=_WINDOW, follow_up={"start": "2025-02-01", "end": "2025-01-01"})},
]  # fmt: skip


@pytest.mark.parametrize("settings", WRONG_SETTINGS, ids=str)
def test_wrong_settings_are_told(settings):
    """Whatever is wrong in the settings is said in words of our own, which are in the catalogs."""
    with pytest.raises(ValidationError) as raised:
        EngagementSettings.model_validate(settings)
    problems = problems_of(raised.value, settings, "engagement.yaml")
    assert problems
    for problem in problems:
        assert "This cannot be used" not in problem.message, "pydantic's own English"
        assert [untold(problem.said, language) for language in TRANSLATED] == [[], []]


@pytest.mark.parametrize(
    ("ramp", "message"),
    [
        ([50, 100], "This is a share and should be from 0 to 1: 10 % is written 0.10."),
        ([], "At least 1 value is needed here."),
    ],
)
def test_a_list_of_wrong_values_is_not_called_too_short(ramp, message):
    """What is told of a list's values is not followed by their number, which is right; an empty list is too short."""
    settings = {"client": "A", "roi": _driver("basket", margin_rate=0.3, ramp=ramp)}
    with pytest.raises(ValidationError) as raised:
        EngagementSettings.model_validate(settings)
    assert [problem.message for problem in problems_of(raised.value, settings, "engagement.yaml")] == [message]
