"""What the process that reports are forked from does ahead of them: libraries loaded, charts drawn once, data at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake import Dataset


def warm_up(reports: Sequence[str]) -> None:
    """Load what reports need, and make what costs only the first time, from the sample: no client's data are touched.

    Parameters
    ----------
    reports
        Names of the reports that will be made.
    """
    import nbformat
    import papermill

    from kohtaamo_utils.engine.client import local_kernel
    from kohtaamo_utils.presentation.render import environment
    from kohtaamo_utils.reports import current_state, review_360, roi  # noqa: F401 - to have them loaded

    local_kernel()
    environment().get_template("page.html.j2")
    for template in bundled("templates").glob("*.ipynb"):
        nbformat.validate(papermill.iorw.load_notebook_node(str(template)))  # compiles the schema
    if "review_360" in reports:
        report = review_360.open_person(str(bundled("data/sample")), "r01")
        report.cover()
        for make in (report.headline, report.raters, report.competencies, report.self_and_others, report.items):
            make()
        report.results()


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
