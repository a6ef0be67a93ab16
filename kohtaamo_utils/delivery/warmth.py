"""What the process that reports are forked from does ahead of them: libraries loaded, charts drawn once, data at hand."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.settings import LANGUAGES
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake import Dataset


_GRAMMAR = "rfc3987_syntax"
"""Checks addresses with letters of all languages; compiling its grammar is most of what loading nbformat takes."""


@contextmanager
def lighter() -> Iterator[None]:
    """Import within this as if the grammar of addresses were not installed: no notebook's schema asks for it.

    jsonschema, which nbformat loads whether it validates by it or not, takes the grammar where it finds it and does
    without where it does not. It can be imported afterwards as usual.
    """
    known = _GRAMMAR in sys.modules
    if not known:
        sys.modules[_GRAMMAR] = None  # type: ignore[assignment]  # how Python is told that there is none
    try:
        yield
    finally:
        if not known:
            del sys.modules[_GRAMMAR]


def warm_up(reports: Sequence[str]) -> None:
    """Load what reports need, and make what costs only the first time, from the sample: no client's data are touched.

    Parameters
    ----------
    reports
        Names of the reports that will be made.
    """
    _templates()
    _words()
    _draw()
    _sections(reports)


def _templates() -> None:
    """Load what runs notebooks, and compile what they are checked and printed by."""
    with lighter():
        import nbformat
        import papermill

    from kohtaamo_utils.engine.client import local_kernel
    from kohtaamo_utils.presentation.render import environment

    local_kernel()
    environment().get_template("page.html.j2")
    for template in bundled("templates").glob("*.ipynb"):
        nbformat.validate(papermill.iorw.load_notebook_node(str(template)))  # compiles the schema


def _sections(reports: Sequence[str]) -> None:
    """Load what makes the reports: here, and not in each report anew."""
    from kohtaamo_utils.delivery import exporter, make  # noqa: F401 - to have them loaded
    from kohtaamo_utils.presentation.workbook import draft  # noqa: F401 - to have them loaded

    if "current_state" in reports:
        from kohtaamo_utils.reports import current_state  # noqa: F401 - to have them loaded
    if "roi" in reports:
        from kohtaamo_utils.reports import roi  # noqa: F401 - to have them loaded
    if "review_360" in reports:
        _a_review()


def _words() -> None:
    """Read the catalogs, and gather what a page is searched for."""
    from kohtaamo_utils.delivery.own_words import own_words
    from kohtaamo_utils.presentation.wording import Wording, with_placeholders

    own_words()
    with_placeholders()
    for language in LANGUAGES:
        Wording(language)("Contents")


def _a_review() -> None:
    from kohtaamo_utils.reports import review_360

    report = review_360.open_person(str(bundled("data/sample")), "r01")
    report.cover()
    for section in (report.headline, report.raters, report.competencies, report.self_and_others, report.items):
        section()
    report.results()


def _draw() -> None:
    """Draw a chart, so that what draws is loaded (scipy with it), its fonts are found and its settings are read."""
    from kohtaamo_utils.presentation.charts.look import HOUSE
    from kohtaamo_utils.presentation.charts.style import ROOM, canvas, to_svg

    with canvas(HOUSE, ROOM) as (figure, axes):
        axes.set_xlabel("0")
        to_svg(figure)


def warm_up_delivery() -> None:
    """Load what notebooks that were executed elsewhere are delivered with."""
    with lighter():
        import nbformat  # noqa: F401 - to have it loaded

    from kohtaamo_utils.delivery import exporter, finish, page  # noqa: F401 - to have them loaded
    from kohtaamo_utils.presentation.render import environment

    environment().get_template("page.html.j2")


def hand_over(engagement: Engagement, dataset: Dataset, reports: Sequence[str] = ("current_state",)) -> None:
    """Keep what was read of an engagement for the reports to come; each has a copy of its own by the fork.

    Parameters
    ----------
    engagement
        The client's folder.
    dataset
        Its tables.
    reports
        Names of the reports that will be made: comments are read only where the current state is among them.
    """
    from kohtaamo_utils.brand.fonts import shelf
    from kohtaamo_utils.intake import remember
    from kohtaamo_utils.reports import current_state, review_360

    remember(engagement, dataset)
    if engagement.settings.brand is not None:
        shelf()  # before the forks, which then have it in common
    if "current_state" in reports:
        current_state.coding_of(engagement, dataset)  # loads a dictionary of words only if somebody wrote something
    if "ratings_360" in dataset.tables:
        first = dataset.tables["ratings_360"]["reviewee_id"].iloc[0]
        review_360.open_person(str(engagement.folder), str(first)).profile  # noqa: B018 - derives what all of them share
