"""Which reports an engagement has, and under which names they are written."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest

from kohtaamo_utils.delivery.roster import available, check_names, chosen, tasks
from kohtaamo_utils.engagement import Engagement, EngagementSettings
from kohtaamo_utils.errors import DeliveryError, SettingsError


def _engagement(tmp_path, *tables: str) -> Engagement:
    sources = {table: {"file": f"{table}.csv"} for table in tables}
    return Engagement(tmp_path, EngagementSettings.model_validate({"client": "A", "sources": sources}))


@pytest.mark.parametrize(
    ("tables", "reports"),
    [
        (["survey"], ("current_state",)),
        (["customers"], ("roi",)),
        (["employees", "transactions"], ("roi",)),
        (["ratings_360", "survey", "transactions"], ("current_state", "roi", "review_360")),
        (["mystery_shopping", "operations", "observations"], ()),
    ],
)
def test_reports_follow_from_the_sources(tables, reports, tmp_path):
    """A report can be made when its sources are there; without --report all such are chosen."""
    engagement = _engagement(tmp_path, *tables)
    assert available(engagement) == reports
    if reports:
        assert chosen(engagement, ()) == reports


def test_named_reports_are_chosen_once(tmp_path):
    """Reports come in the order in which they were named, each once."""
    engagement = _engagement(tmp_path, "survey", "transactions")
    assert chosen(engagement, ("roi", "current_state", "roi")) == ("roi", "current_state")


@pytest.mark.parametrize(
    ("tables", "names", "said"),
    [
        (["survey"], ("nps",), r"There is no report called 'nps'\. The reports are: current_state, roi, review_360\."),
        (["survey"], ("review_360",), "The report review_360 needs the source `ratings_360`"),
        (
            ["survey"],
            ("roi",),
            "needs the source `transactions` or the source `customers` or the source `employees` in engagement.yaml",
        ),
        ([], (), "The engagement has no sources for any report"),
        (["observations"], (), "The engagement has no sources for any report"),
    ],
)
def test_what_cannot_be_made_is_told(tables, names, said, tmp_path):
    """A report that is not known, or whose sources are missing, is an error that says what would do."""
    with pytest.raises(SettingsError, match=said):
        chosen(_engagement(tmp_path, *tables), names)


def test_files_of_each_report():
    """Each language has its file; the 360 report one for each reviewee and one for the group."""
    ratings = pd.DataFrame({"reviewee_id": ["r2", "r1", "r2"]})
    made = tasks(["current_state", "roi", "review_360"], ["fi", "sv"], "management", {"ratings_360": ratings})
    assert [task.stem for task in made] == [
        "current_state/management.fi", "current_state/management.sv",
        "roi/roi.fi", "roi/roi.sv",
        "review_360/r1.fi", "review_360/r2.fi", "review_360/group.fi",
        "review_360/r1.sv", "review_360/r2.sv", "review_360/group.sv",
    ]  # fmt: skip
    assert all(task.template.is_file() for task in made)
    by_stem = {task.stem: task for task in made}
    assert by_stem["current_state/management.sv"].parameters == {"language": "sv", "audience": "management"}
    assert by_stem["roi/roi.fi"].parameters == {"language": "fi"}
    assert by_stem["review_360/r2.fi"].parameters == {"language": "fi", "reviewee": "r2"}
    assert by_stem["review_360/group.fi"].parameters == {"language": "fi"}
    assert by_stem["review_360/group.fi"].template.stem == "review_360_group"


def test_the_groups_report_depends_on_the_survey_too(tmp_path):
    """What customers say in the survey stands in the group's report, so it is made anew when the survey changes."""
    made = tasks(["review_360"], ["fi"], "management", {"ratings_360": pd.DataFrame({"reviewee_id": ["r1"]})})
    engagement = _engagement(tmp_path, "ratings_360", "survey")
    assert [task.tables(engagement) for task in made] == [("ratings_360",), ("ratings_360", "survey")]
    assert [task.tables(_engagement(tmp_path, "ratings_360")) for task in made] == [("ratings_360",)] * 2


def test_the_current_state_is_made_from_the_actions_too(tmp_path):
    """A changed actions.yaml makes the report on the current state anew, and no other; without the file there is nothing to wait for."""
    made = tasks(["current_state", "roi"], ["fi"], "management", {})
    engagement = _engagement(tmp_path, "survey", "customers")
    before = [task.files(engagement) for task in made]
    (engagement.folder / "actions.yaml").write_text("actions: []", encoding="utf-8")
    after = [task.files(engagement) for task in made]
    assert after == [(*before[0], "actions.yaml"), before[1]]


@pytest.mark.parametrize("said", [{"columns": {"unit": "Myymälä"}}, {"constants": {"unit": "Turku"}}, {}])
def test_only_managements_report_is_made_from_sales_and_only_by_unit(tmp_path, said):
    """Sales whose units the settings name make management's report anew when they change, and no other audience's."""
    settings = {"client": "X", "sources": {"survey": {"file": "s.csv"}, "transactions": {"file": "t.csv", **said}}}
    engagement = Engagement(tmp_path, EngagementSettings.model_validate(settings))
    made = tasks(["current_state"], ["fi"], "", {}, units=("Turku",))
    reading = {task.stem for task in made if "t.csv" in task.files(engagement)}
    assert reading == ({"current_state/management.fi"} if said else set())


@pytest.mark.parametrize("name", ["r01", "Åsa Öhman", "7", "a.b-c_d", "r" * 100, "Ω1", "concert", "com10", "groups"])
def test_safe_names(name):
    """Letters of any language, digits, spaces, dots, hyphens and underscores make a file name; the check passes them silently."""
    assert check_names([name]) is None


@pytest.mark.parametrize(
    "name",
    [
        "", "../x", "..", ".", ".hidden", "a/b", "a\\b", "C:x", "a*", "a?", 'a"b', "a<b", "a|b", "a\nb", "a\x00b", "a..b",
        "trailing.", "trailing ", " leading", "-x", "_x", "r" * 101, unicodedata.normalize("NFD", "Åsa"),
    ],
)  # fmt: skip
def test_unsafe_names(name):
    """A name that could leave the folder, or that some system does not take, is refused and told."""
    with pytest.raises(DeliveryError, match=r"cannot be a file name\. Use letters, digits"):
        check_names(["r01", name])


@pytest.mark.parametrize("name", ["CON", "con", "nul", "Aux", "prn", "COM1", "lpt9", "con.x", "COM1.fi", "nul .x"])
def test_names_that_windows_keeps(name):
    """A name of a device is no file on Windows, whatever its ending."""
    with pytest.raises(DeliveryError, match="cannot be a file name on Windows, which keeps it for a device"):
        check_names([name])


@pytest.mark.parametrize("name", ["group", "Group", "GROUP"])
def test_the_group_report_has_its_name_for_itself(name):
    """No reviewee's file may overwrite the group's."""
    with pytest.raises(DeliveryError, match=f"The id '{name}' would be one file with the group's report"):
        check_names([name])


@pytest.mark.parametrize("names", [["r1", "R1"], ["Åsa", "åsa"], ["Strasse", "Straße"]])
def test_names_equal_but_for_case(names):
    """Two ids that some system would write into one file are refused, and both are named."""
    with pytest.raises(DeliveryError, match=f"The ids '{names[0]}' and '{names[1]}' would be one file"):
        check_names(names)


def test_the_same_id_may_come_twice():
    """The same id again is the same reviewee; nothing is refused."""
    assert check_names(["r1", "r1"]) is None
