"""What leaves the house of a 360 review: no row, no rater, no hidden value or count, and no number that is not printed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from engagements import Figures, make_engagement, plain
from file_reader import tables_in
from sample_files import read

from kohtaamo_utils.presentation.charts import GapRow, gap_svg
from kohtaamo_utils.presentation.charts.style import prefixed
from kohtaamo_utils.presentation.render import render
from kohtaamo_utils.presentation.section import MEDIA_TYPE
from kohtaamo_utils.reports import review_360
from kohtaamo_utils.reports.review_360 import competencies
from kohtaamo_utils.reports.review_360.group import means

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

REVIEWEES = ("r01", "r04", "r06", "r08")
RESULTS = {"name", "scope", "value", "unit", "low", "high", "level", "n", "method"}


@pytest.fixture(scope="module")
def raw(project: Path) -> pd.DataFrame:
    return read(project / "data" / "sample" / "data", "arviot_360.csv")


@pytest.fixture(scope="module")
def drawn() -> list[list[GapRow]]:
    """Return what the charts were given to draw, in the order in which they were drawn."""
    return []


@pytest.fixture(scope="module")
def finished(project: Path, drawn: list[list[GapRow]]) -> dict[str, Figures]:
    """Make reports of the sample, with what their charts draw written down."""

    def drawing(rows: list[GapRow], **names: object) -> str:
        drawn.append(list(rows))
        return gap_svg(rows, **names)

    folder = str(project / "data" / "sample")
    with pytest.MonkeyPatch.context() as patch:
        for module in (competencies, means):
            patch.setattr(module, "gap_svg", drawing)
        reports = {name: Figures(review_360.open_person(folder, name, "fi"), "person") for name in REVIEWEES}
        return reports | {"group": Figures(review_360.open_group(folder, "fi"), "group")}


def pages(figures: Figures) -> str:
    """Return the markup that is delivered: sections and cover."""
    bundles = [section._repr_mimebundle_()[MEDIA_TYPE] for section in figures.sections.values()]
    return "".join(bundle["html"] for bundle in bundles) + json.dumps(figures.report.cover()._repr_mimebundle_())


@pytest.mark.parametrize("subject", [*REVIEWEES, "group"])
def test_no_rater_is_named(finished: dict[str, Figures], raw: pd.DataFrame, subject: str) -> None:
    """No rater's id, who may have written a comment, stands in page, chart, cover or results."""
    everything = pages(finished[subject]) + json.dumps(finished[subject].results.as_dict())
    words = set(re.findall(r"[\w-]+", everything))
    assert not words & set(raw["arvioija"])


@pytest.mark.parametrize("subject", [*REVIEWEES, "group"])
def test_no_row_level_data(finished: dict[str, Figures], subject: str) -> None:
    """Results have figures of the known fields, each with at most one number of answers; nothing nested, no lists."""
    results = finished[subject].results.as_dict()
    for figure in results["figures"]:
        assert set(figure) <= RESULTS
        assert all(not isinstance(value, list | dict) for key, value in figure.items() if key != "scope")
    assert all(set(hidden) == {"name", "scope", "reason"} for hidden in results["hidden"])
    assert not re.search(r"data-[a-z-]+=['\"][\[{]", pages(finished[subject]))


@pytest.mark.parametrize("subject", REVIEWEES)
def test_no_number_but_printed_ones(finished: dict[str, Figures], subject: str) -> None:
    """A number in a sentence, a card, a description or a picture's text is one that a table prints, an axis's, or a rule's."""
    page = pages(finished[subject])
    tables = " ".join(" ".join((*table.columns, *sum(table.rows, ()))) for table in tables_in(page))
    printed = set(re.findall(r"\d+(?:,\d+)?", tables))
    rest = re.sub(r"<table>.*?</table>", " ", page, flags=re.DOTALL)
    loose = set(re.findall(r"\d+,\d+", plain(rest)))
    halves = {f"{n / 2:.1f}".replace(".", ",") for n in range(11)}
    rules = {"0,70", "0,22", "0,32", "0,83", "1,96"}
    assert loose <= printed | halves | rules


def test_charts_are_drawn_at_printed_values(finished: dict[str, Figures], drawn: list[list[GapRow]]) -> None:
    """Every mark of a chart is given a value with one decimal that a table prints, and a band no mark at all."""
    printed = {figure.estimate.value for figures in finished.values() for figure in figures.named("competency_mean")}
    marks = [value for rows in drawn for row in rows for value in (row.first, row.second) if value is not None]
    assert len(marks) > 50
    assert set(marks) <= printed
    assert all(value == round(value, 1) for value in marks)


@pytest.mark.parametrize("subject", REVIEWEES)
def test_the_picture_is_the_one_that_the_printed_table_gives(finished: dict[str, Figures], subject: str) -> None:
    """Drawn again from the texts of the page's table, the picture is the same, coordinates and all."""
    report = finished[subject].report
    page = str(render(finished[subject].sections["competencies"].blocks, "competencies"))
    table = next(iter(tables_in(page)))
    own, others = (table.columns.index(report.t(name)) for name in ("Self", "All others"))
    rows = [
        GapRow(row[0], *map(_number, (row[others], row[own])), *map(_text, (row[others], row[own])))
        for row in table.rows
    ]
    svg = gap_svg(
        [row for row in rows if row.first is not None or row.second is not None],
        first=table.columns[others],
        second=table.columns[own],
        axis=report.t("Mean, scale {low}–{high}", low="1", high="5"),
        locale="fi_FI",
        limits=(0.7, 5.3),
    )
    assert prefixed(svg, "competencies-1") in page


def _text(cell: str) -> str:
    """Return a cell's value without its number of answers; nothing for a dash."""
    return re.sub(r" \(\d+\)$", "", cell).removeprefix("–")


def _number(cell: str) -> float | None:
    return float(_text(cell).replace(",", ".")) if re.fullmatch(r"\d,\d", _text(cell)) else None


@pytest.mark.parametrize("subject", REVIEWEES)
def test_counts_of_hidden_groups_are_in_no_file(finished: dict[str, Figures], raw: pd.DataFrame, subject: str) -> None:
    """A group below the threshold has its words in the table of raters, and no number anywhere in results."""
    its = raw[raw["arvioitava"] == subject].drop_duplicates(["arvioija", "arvioijaryhma"])
    small = {
        name for name, n in its["arvioijaryhma"].value_counts().items() if n < 3 and name not in ("self", "manager")
    }
    for figure in finished[subject].results.figures:
        assert figure.scope.get("rater_group") not in small
    counts = {f.scope["rater_group"]: f.estimate.n for f in finished[subject].named("raters")}
    assert not small & set(counts)
    assert all(n >= 3 for name, n in counts.items() if name not in ("self", "manager", "others"))


# ---------------------------------------------------------------- odd reviewees

EDGES = {
    "only self": ({"self": "44"}, set()),
    "only a manager": ({"manager": "34"}, {"manager", "others"}),
    "no self": ({"manager": "34", "peer": "343443"}, {"manager", "peer", "others"}),
    "all answers equal": ({"self": "33", "manager": "33", "peer": "333333"}, {"self", "manager", "peer", "others"}),
    "one peer": ({"self": "44", "peer": "12"}, {"self"}),
    "all groups below the threshold": ({"self": "44", "peer": "12", "report": "3"}, {"self"}),
}
"""Answers to two items, rater after rater, and the groups that have a competency mean in the report."""


@pytest.mark.parametrize("name", EDGES)
def test_odd_reviewees_get_a_whole_report(tmp_path: Path, name: str) -> None:
    """Whoever is missing, every section can be made, the groups that may be shown are, and the rest is called hidden."""
    answers, groups = EDGES[name]
    rows = [
        {"reviewee_id": "r", "rater_id": f"{group}{n // 2}", "rater_group": group, "item": f"i{n % 2}", "competency": "trust", "score": score}
        for group, scores in answers.items()
        for n, score in enumerate(scores)
    ]  # fmt: skip
    folder = make_engagement(tmp_path, {}, {"ratings_360": rows})
    made = Figures(review_360.open_person(str(folder), "r"), "person")
    assert {figure.scope["rater_group"] for figure in made.named("competency_mean")} == groups | (
        {"self"} & answers.keys()
    )
    hidden = {item.scope.get("rater_group") for item in made.results.hidden if item.name == "competency_mean"}
    assert hidden == (answers.keys() - groups - {"self"}) | (
        {"others"} if "one peer" in name or "below" in name else set()
    )
    assert "nan" not in made.text.lower()


def test_one_item_only(tmp_path: Path) -> None:
    """A questionnaire of one item is its competency: both print the same, and no spread of four raters."""
    rows = [
        {"reviewee_id": "r", "rater_id": f"p{n}", "rater_group": "peer", "item": "i", "competency": "trust", "score": score}
        for n, score in enumerate((2, 3, 4, 4))
    ]  # fmt: skip
    made = Figures(review_360.open_person(str(make_engagement(tmp_path, {}, {"ratings_360": rows})), "r"), "person")
    competency, item = (
        made("competency_mean", competency="trust", rater_group="peer"),
        made("item_mean", item="i", rater_group="peer"),
    )
    assert (competency.value, competency.n) == (item.value, item.n) == (3.3, 4)
    assert not made.named("agreement_rwg")


@pytest.mark.parametrize("subject", [*REVIEWEES, "group"])
def test_neither_rows_nor_fingerprints_are_told(finished: dict[str, Figures], subject: str) -> None:
    """The number of ratings less those shown is that of the hidden ones; a fingerprint confirms a guess of the file."""
    page, report = pages(finished[subject]), finished[subject].report
    assert "arviot_360.csv" in page
    assert report.f.integer(len(report.context.dataset.tables["ratings_360"])) not in page
    assert [item for item in report.provenance["inputs"] if item["sha256"][:8] in page] == []
