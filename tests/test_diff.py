"""`kohtaamo diff` tells which figures changed between two editions, and what changed them; it claims no more than that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from command_line import kohtaamo
from messages import untold

from kohtaamo_utils.delivery.files import sha256, to_json
from kohtaamo_utils.editions.diff import diff
from kohtaamo_utils.editions.diff_lines import diff_lines
from kohtaamo_utils.editions.printed import Printed
from kohtaamo_utils.editions.speech import currency_near, language_near
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.presentation.catalogs import TRANSLATED
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engagement import Language

MADE: dict[str, Any] = {
    "kohtaamo": "0.1.0",
    "code_sha256": "c" * 64,
    "libraries": {"numpy": "2.4.6"},
    "inputs": [{"file": "data/a.csv", "sha256": "a" * 64}],
    "settings_sha256": "s" * 64,
    "template_sha256": "t" * 64,
    "html_sha256": sha256("page"),
}
NPS = {"name": "nps", "scope": {}, "value": 25.0, "unit": "points", "low": -11.7, "high": 55.2, "level": 0.95, "n": 20, "method": "adjusted-wald"}  # fmt: skip


def edition(folder: Path, value: float = 25.0, made: dict[str, Any] | None = None, **more: Any) -> Path:
    """Write a report with one figure, and return its page."""
    page = folder / "reports" / str(more.get("report", "current_state")) / "management.fi.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("page", encoding="utf-8")
    usual = {
        "schema": 1,
        "report": "current_state",
        "client": "Aho Oy",
        "subject": "management",
        "language": "fi",
        "draft": True,
    }
    results = usual | {"figures": [NPS | {"value": value}], "hidden": [], "provenance": MADE | (made or {})} | more
    page.with_name("management.fi.results.json").write_text(to_json(results), encoding="utf-8")
    return page  # fmt: skip


def told(old: Path, new: Path, language: Language = "en") -> list[str]:
    """Return the lines that the command prints."""
    lines = list(diff_lines(diff(old, new), Printed(Numbers(language))))
    assert [line for line in lines for each in TRANSLATED if untold(line, each)] == []
    return [Wording(language).told(line) for line in lines]


def test_the_same_edition(tmp_path):
    """Two equal editions have no difference, and no warning of what it may mean."""
    one, other = edition(tmp_path / "a"), edition(tmp_path / "b")
    assert told(one, other) == ["current_state/management (fi): no figure has changed; the page is the same"]


def test_a_changed_figure_with_its_cause(tmp_path):
    """A figure is told with both values, limits and n, its change, the file that changed, and that this is no test."""
    old = edition(tmp_path / "a")
    new = edition(tmp_path / "b", 31.5, {"inputs": [{"file": "data/a.csv", "sha256": "b" * 64}], "html_sha256": "x"})
    assert told(old, new) == [
        "current_state/management (fi): 1 figure differs",
        "  - The page beside " + str(new) + " is not the one that these figures were made with.",
        "  - Between the two the file data/a.csv has changed (aaaaaaaaaaaa → bbbbbbbbbbbb).",
        "  - nps: +25 (−12…+55; n = 20) → +32 (−12…+55; n = 20), by +6.5",
        "These are changes of published numbers, not tests: whether intervals overlap does not tell whether a change is more than chance.",
    ]


@pytest.mark.parametrize("words", ["significant", "merkitsev", "signifikant"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_significance_is_claimed(words, language, tmp_path):
    """Intervals that do not meet are printed, and nothing is concluded from them."""
    lines = told(edition(tmp_path / "a"), edition(tmp_path / "b", 99.0), language)
    assert words not in " ".join(lines).lower()


@pytest.mark.parametrize(
    ("made", "cause"),
    [
        ({"settings_sha256": "x"}, "Between the two the settings have changed (ssssssssssss → x)."),
        ({"template_sha256": "x"}, "Between the two the template has changed (tttttttttttt → x)."),
        ({"code_sha256": "x"}, "Between the two the kit has changed (0.1.0 cccccccccccc → 0.1.0 x)."),
        ({"libraries": {"numpy": "2.5.0"}}, "Between the two the library numpy has changed (2.4.6 → 2.5.0)."),
        ({}, "Data, settings, template, kit and libraries are recorded as the same, and yet figures differ"),
    ],
)
def test_every_cause_is_told(made, cause, tmp_path):
    """Settings, template, kit or libraries that changed are the cause; where nothing did, something was edited."""
    lines = told(edition(tmp_path / "a"), edition(tmp_path / "b", 26.0, made))
    assert any(cause in line for line in lines), lines


def test_what_an_older_record_lacks_is_said(tmp_path):
    """Where an edition of an earlier version does not record the libraries, causes may be missing, and that is said."""
    old = edition(tmp_path / "a")
    results = json.loads(old.with_name("management.fi.results.json").read_text(encoding="utf-8"))
    del results["provenance"]["libraries"]
    old.with_name("management.fi.results.json").write_text(to_json(results), encoding="utf-8")
    lines = told(old, edition(tmp_path / "b", 26.0))
    assert any("causes may be missing: libraries" in line for line in lines)


def test_an_approval_is_told(tmp_path):
    """That an edition was approved since, or is a draft again, is told."""
    draft, approved = edition(tmp_path / "a"), edition(tmp_path / "b", draft=False)
    assert "  - It was a draft before, and is approved now." in told(draft, approved)
    assert "  - It was approved before, and is a draft now." in told(approved, draft)


def test_reviews_say_what_is_compared(tmp_path):
    """A 360 review's differences come with what they are of, and the warning to keep them."""
    old, new = (edition(tmp_path / name, value, report="review_360") for name, value in (("a", 3.0), ("b", 4.0)))
    last = told(old, new)[-1]
    assert last.startswith("Of 360 reviews only what both published files show is compared, as it is printed.")
    assert "give it to nobody" in last


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"client": "Elo Oy"}, r"These are reports of different clients: .*a/.* is Aho Oy's, .*b/.* is Elo Oy's\. Nothing is compared\."),
        ({"report": "roi", "subject": None}, r"These are different reports: .* is current_state/management, .* is roi\."),
        ({"subject": "supervisor/Oulu"}, r"is current_state/management, .* is current_state/supervisor/Oulu\."),
    ],
)  # fmt: skip
def test_what_cannot_be_compared(more, said, tmp_path):
    """Reports of different clients or of different subjects are refused, and both are named."""
    with pytest.raises(SettingsError, match=said):
        diff(edition(tmp_path / "a"), edition(tmp_path / "b", **more))


def test_folders_of_different_clients(tmp_path):
    """Two engagements of different clients are refused before anything of them is told."""
    edition(tmp_path / "a")
    edition(tmp_path / "b", client="Elo Oy")
    with pytest.raises(SettingsError, match=r"different clients: .* is Aho Oy's, .* is Elo Oy's"):
        diff(tmp_path / "a", tmp_path / "b")


def test_folders(tmp_path):
    """Folders are compared report by report; what one alone has is named; an engagement's folder means its reports."""
    edition(tmp_path / "a")
    edition(tmp_path / "a", report="roi", subject=None)
    edition(tmp_path / "b", 26.0)
    found = diff(tmp_path / "a" / "reports", tmp_path / "b")
    assert (len(found.pairs), found.only_old, found.only_new) == (1, ("roi/management.fi",), ())
    assert "roi/management.fi: in the older one only" in told(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nowhere", "b", r"There is no .*nowhere\."),
        (
            "a",
            "b/reports/current_state/management.fi.html",
            r"cannot be compared: one is a folder and the other a file",
        ),
        ("empty", "b", r"There are no reports below .*empty\."),
        (
            "a/bare.html",
            "a/bare.html",
            r"The figures of bare\.html are not known: bare\.results\.json is not beside it",
        ),
        ("a/bare.pdf", "a/bare.pdf", r"bare\.pdf is not a report\."),
        ("roi", "b", r"have no report in common: roi/management\.fi – current_state/management\.fi\."),
    ],
)
def test_what_is_no_edition(old, new, said, tmp_path):
    """Paths that are no editions are told, with what is allowed."""
    edition(tmp_path / "a")
    edition(tmp_path / "b")
    edition(tmp_path / "roi", report="roi")
    (tmp_path / "empty").mkdir()
    for name in ("bare.html", "bare.pdf"):
        (tmp_path / "a" / name).write_text("x", encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        diff(tmp_path / old, tmp_path / new)


@pytest.mark.parametrize("harm", ["{", "[]", '{"figures": [1], "hidden": []}', '{"figures": [], "hidden": []}'])
def test_results_that_were_broken(harm, tmp_path):
    """A results.json that is not as a run writes it is named, whatever stands in it."""
    page = edition(tmp_path / "a")
    page.with_name("management.fi.results.json").write_text(harm, encoding="utf-8")
    with pytest.raises(
        SettingsError, match=r"management\.fi\.results\.json is not beside it, or is not as a run writes it"
    ):
        diff(page, edition(tmp_path / "b"))


def test_for_machines(tmp_path):
    """`--json` has every figure with both entries and the change, and every cause; nothing in it is in a language."""
    old, new = edition(tmp_path / "a"), edition(tmp_path / "b", 31.5, {"settings_sha256": "x"})
    content = json.loads(kohtaamo("diff", old, new, "--json", folder=tmp_path).stdout)
    [report] = content["reports"]
    assert (content["schema"], content["only_old"], report["same_page"]) == (1, [], True)
    assert report["causes"] == [{"kind": "settings", "name": "", "before": "s" * 64, "after": "x"}]
    [figure] = report["figures"]
    assert (figure["how"], figure["name"], figure["scope"], figure["change"]) == ("changed", "nps", {}, 6.5)
    assert (figure["old"]["value"], figure["new"]["value"], figure["new"]["n"]) == (25.0, 31.5, 20)


def test_the_command_speaks_the_reports_language(tmp_path):
    """Outside an engagement the report's own language and currency are used; within one, the engagement's."""
    old, new = edition(tmp_path / "a", currency="SEK"), edition(tmp_path / "b", 31.5, currency="SEK")
    done = kohtaamo("diff", old, new, folder=tmp_path)
    assert done.returncode == 0
    assert "current_state/management (fi): 1 luku eroaa" in done.stdout
    assert (language_near(new), currency_near(diff(old, new), new)) == ("fi", "SEK")
    (tmp_path / "b" / "engagement.yaml").write_text("client: Aho Oy\nlanguage: sv\ncurrency: NOK\n", encoding="utf-8")
    assert language_near(new) == "sv"
    plain = edition(tmp_path / "b", 31.5)
    assert currency_near(diff(old, plain), plain) == "NOK"
    done = kohtaamo("diff", old, tmp_path / "b", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
