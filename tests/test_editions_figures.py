"""Two editions' figures, texts and cells compared: everything that differs is found, and nothing else."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from messages import untold

from kohtaamo_utils.editions.cells import cell_differences
from kohtaamo_utils.editions.figures import COMPARED, figure_changes
from kohtaamo_utils.editions.mark import is_draft, only_the_mark_differs
from kohtaamo_utils.editions.page_text import Difference, differences, first_line
from kohtaamo_utils.editions.printed import Printed
from kohtaamo_utils.presentation.catalogs import TRANSLATED
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.wording import Wording

NAMES, GROUPS = ("nps", "csat", "ces"), ("customer", "employee")


def figure(name: str = "nps", value: float | None = 25.0, unit: str = "points", **more: Any) -> dict[str, Any]:
    """Return a figure as ``results.json`` has it."""
    usual = {"low": None, "high": None, "level": None, "n": 20, "method": "none", "scope": {}}
    return {**usual, "name": name, "value": value, "unit": unit, **more}


def results(*figures: dict[str, Any], hidden: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """Return the figures of an edition."""
    return {"figures": list(figures), "hidden": list(hidden)}


def secret(name: str = "nps") -> dict[str, Any]:
    """Return a hidden figure."""
    return {"name": name, "scope": {}, "reason": "fewer than 5 people"}


values = st.dictionaries(st.tuples(st.sampled_from(NAMES), st.sampled_from(GROUPS)), st.integers(0, 3), max_size=6)


def _results(content: dict[tuple[str, str], int], hidden: set[tuple[str, str]]) -> dict[str, Any]:
    shown = [figure(name, value, scope={"g": group}) for (name, group), value in content.items()]
    return results(*shown, hidden=tuple({**secret(name), "scope": {"g": group}} for name, group in sorted(hidden)))


@given(values, values)
def test_changes_lead_from_one_edition_to_the_other(old, new):
    """Whoever applies the changes to the older edition gets the newer one, and equal editions have none."""
    left, right = _results(old, set(new) - set(old)), _results(new, set(old) - set(new))
    made = dict(old)
    for change in figure_changes(left, right):
        key = change.name, change.scope["g"]
        assert change.how == ("changed" if key in old and key in new else "shown" if key in new else "hidden")
        if change.how == "hidden":
            del made[key]  # type: ignore[arg-type]
        else:
            made[key] = change.new["value"]  # type: ignore[index]
    assert made == new
    assert figure_changes(left, left) == ()


@pytest.mark.parametrize("part", COMPARED)
def test_every_part_of_a_figure_counts(part):
    """A figure has changed where its value, limits, n, unit or method has."""
    [change] = figure_changes(
        results(figure()), results(figure(**{part: 3 if part not in ("unit", "method") else "x"}))
    )
    assert (change.how, change.name) == ("changed", "nps")


def test_come_gone_hidden_shown():
    """What is new, gone, hidden now or hidden before is each told as that."""
    old = results(figure("a"), figure("b"), figure("c"), hidden=(secret("d"), secret("e")))
    new = results(figure("a"), figure("d"), figure("f"), hidden=(secret("b"), secret("e")))
    assert [(change.how, change.name) for change in figure_changes(old, new)] == [
        ("shown", "d"), ("came", "f"), ("hidden", "b"), ("went", "c"),
    ]  # fmt: skip


def test_the_same_name_of_another_group_is_another_figure():
    """A figure is known by its name and its whole scope, whatever the order of its keys."""
    old = results(figure(scope={"unit": "Turku", "phase": "after"}), figure(scope={"unit": "Oulu"}))
    new = results(figure(scope={"unit": "Oulu"}), figure(scope={"phase": "after", "unit": "Turku"}))
    assert figure_changes(old, new) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (figure(value=25.0), figure(value=31.5), "nps: +25 (n = 20) → +32 (n = 20), muutos +6,5"),
        (figure(value=-3.0), figure(value=-7.0), "nps: −3 (n = 20) → −7 (n = 20), muutos −4,0"),
        (
            figure("csat", 0.5, "share", low=0.4, high=0.6, n=1000),
            figure("csat", 0.25, "share", low=0.2, high=0.3, n=1200),
            "csat: 50 % (40…60 %; n = 1 000) → 25 % (20…30 %; n = 1 200), muutos −25,0 prosenttiyksikköä",
        ),
        (figure("npv", 20758.9, "money", n=0), figure("npv", 21300.2, "money", n=0), "npv: 20 759 € → 21 300 €, muutos +541 €"),
        (figure("npv", 20758.91, "money", n=0), figure("npv", 20758.94, "money", n=0), "npv: 20 758,91 → 20 758,94"),
        (figure("payback_years", 1.02, "years", n=0), figure("payback_years", None, "years", n=0), "payback_years: 1,0 → –"),
        (figure("ces", 3.4, "scale"), figure("ces", 3.4, "scale", n=21), "ces: 3,40 (n = 20) → 3,40 (n = 21)"),
        (
            figure("ces", 3.4, "scale", method="t"), figure("ces", 3.4, "scale", method="bootstrap"),
            "ces: 3,40 (n = 20), menetelmä t → 3,40 (n = 20), menetelmä bootstrap",
        ),
    ],
)  # fmt: skip
def test_numbers_are_printed_in_the_engagements_language(old, new, told):
    """Values, limits, n and change stand as the reports write them; two that round alike are told apart by more decimals."""
    [change] = figure_changes(results(old), results(new))
    assert Wording("fi").told(Printed(Numbers("fi")).line(change)).replace("\xa0", " ") == told


def test_every_change_is_told_in_each_language():
    """Changed, come, gone, hidden and shown figures have their sentences in Finnish and Swedish."""
    old = results(figure("a", 0.1, "share"), figure("b"), figure("c"), figure("g"), hidden=(secret("d"),))
    new = results(figure("a", 0.2, "share"), figure("d"), figure("f"), hidden=(secret("b"), secret("h"), secret("g")))
    for change in figure_changes(old, new):
        said = Printed(Numbers("fi")).line(change)
        assert [untold(said, language) for language in TRANSLATED] == [[], []]


PAGE = "<h1>Title</h1><p>Intro</p><h2>Answer</h2><p>NPS is <b>25</b>.</p><table><tr><td>1</td><td>2</td></tr></table>"


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        (PAGE, ()),
        (PAGE.replace("25", "52"), (Difference("Answer", "NPS is 52.", "NPS is 25."),)),
        (PAGE.replace("<td>2</td>", ""), (Difference("Answer", "", "2"),)),
        (PAGE.replace("<p>Intro</p>", "<p>Intro</p><p>More</p>"), (Difference("Title", "More", ""),)),
        (
            PAGE.replace("Answer", "Reply"),
            (Difference("Answer", "Reply", "Answer"),),
        ),
        (PAGE.replace("<p>", '<p class="x">'), ()),
        (PAGE + "<style>p{color:red}</style><script>1</script>", ()),
    ],
)
def test_where_pages_differ(edited, expected):
    """A text that differs is told with the heading above it; attributes, style and script are not text."""
    assert differences(edited, PAGE) == expected


def test_a_difference_that_no_reader_sees_has_a_line():
    """Where no text differs, the first line that does is told."""
    assert first_line(b"a\nb\n", b"a\nc\n") == 2
    assert first_line(b"a\n", b"a\nb") == 2
    assert first_line(b"a", b"a") == 0


def _book(value: float, text: str) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name in ("Yksi", "Kaksi"):
            sheet = book.add_worksheet(name)
            sheet.write(1, 1, text)
            sheet.write(2, 1, value if name == "Kaksi" else 1)
            sheet.write_formula(3, 1, "=B3*2", None, 2)
    return buffer.getvalue()


def test_where_workbooks_differ():
    """A number or a text that differs is told with its sheet and cell; texts count where they stand, not by their number."""
    assert cell_differences(_book(1, "a"), _book(1, "a")) == ()
    assert cell_differences(_book(1, "a"), _book(2, "a")) == ("Kaksi!B3",)
    assert cell_differences(_book(1, "a"), _book(1, "b")) == ("Yksi!B2", "Kaksi!B2")


@pytest.mark.parametrize("harm", ["no zip", "no workbook", "huge"])
def test_a_workbook_that_cannot_be_read(harm):
    """Bytes that are no workbook, or unpack to more than any of ours, are not compared."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b" " * (60_000_000 if harm == "huge" else 1))
    assert cell_differences(b"x" if harm == "no zip" else buffer.getvalue(), _book(1, "a")) is None


MARK = '<aside class="draft" aria-label="Draft" data-mark="D">DRAFT</aside>\n'


def test_the_mark_of_a_page():
    """A page's mark is seen; pages that differ in it alone are told from those that differ elsewhere."""
    draft, bare = f"<p>a</p>\n{MARK}<p>b</p>".encode(), b"<p>a</p>\n<p>b</p>"
    assert (is_draft("page", draft, "en"), is_draft("page", bare, "en")) == (True, False)
    assert only_the_mark_differs("page", draft, bare, "en")
    assert not only_the_mark_differs("page", draft.replace(b"b", b"c"), bare, "en")
