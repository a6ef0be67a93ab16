"""What has changed since a report was made is told part by part: files, settings, template, kit, libraries."""

from __future__ import annotations

import json

import pytest
from command_line import shop, write_orders
from finished_reports import STEMS, finished
from messages import untold

from kohtaamo_utils.delivery.origin import Change, changes, origin_of
from kohtaamo_utils.delivery.roster import Task, task_of
from kohtaamo_utils.engagement import load
from kohtaamo_utils.presentation.catalogs import TRANSLATED
from kohtaamo_utils.presentation.wording import Wording

MADE = {
    "kohtaamo": "0.1.0",
    "code_sha256": "c" * 64,
    "libraries": {"numpy": "2.4.6", "python": "3.11.7"},
    "inputs": [{"file": "data/a.csv", "sha256": "a" * 64}, {"file": "data/b.csv", "sha256": "b" * 64}],
    "settings_sha256": "s" * 64,
    "template_sha256": "t" * 64,
}


def test_nothing_has_changed():
    """The same provenance has no changes."""
    assert changes(MADE, MADE) == ()


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"inputs": [{"file": "data/a.csv", "sha256": "x"}, MADE["inputs"][1]]}, [Change("file", "data/a.csv", "a" * 64, "x")]),
        ({"inputs": MADE["inputs"][:1]}, [Change("file", "data/b.csv", "b" * 64, "")]),
        ({"inputs": [*MADE["inputs"], {"file": "data/c.csv", "sha256": "c"}]}, [Change("file", "data/c.csv", "", "c")]),
        ({"settings_sha256": "x"}, [Change("settings", "", "s" * 64, "x")]),
        ({"template_sha256": "x"}, [Change("template", "", "t" * 64, "x")]),
        ({"kohtaamo": "0.2.0"}, [Change("kit", "", "0.1.0 " + "c" * 64, "0.2.0 " + "c" * 64)]),
        ({"code_sha256": "x"}, [Change("kit", "", "0.1.0 " + "c" * 64, "0.1.0 x")]),
        ({"libraries": {"numpy": "2.5.0", "python": "3.11.7"}}, [Change("library", "numpy", "2.4.6", "2.5.0")]),
        ({"libraries": {"python": "3.11.7"}}, [Change("library", "numpy", "2.4.6", "")]),
    ],
)  # fmt: skip
def test_each_part_is_named(after, expected):
    """A changed, new or missing part is one change, with what was before and after."""
    assert list(changes(MADE, MADE | after)) == expected


def test_what_is_not_recorded_is_not_guessed():
    """A record of an earlier version, without code and libraries, is compared in what it has."""
    old = {name: MADE[name] for name in ("kohtaamo", "inputs", "settings_sha256")}
    assert changes(old, MADE | {"settings_sha256": "x"}) == (Change("settings", "", "s" * 64, "x"),)


@pytest.mark.parametrize("kind", ["file", "settings", "template", "kit", "library"])
def test_changes_are_told_in_each_language(kind):
    """Every change has its sentence in Finnish and Swedish, with the beginnings of both fingerprints."""
    said = Change(kind, "data/a.csv", "1" * 64, "2" * 64).said
    assert [untold(said, language) for language in TRANSLATED] == [[], []]
    told = Wording("fi").told(said)
    assert "1" * 12 in told
    assert "2" * 12 in told
    assert ("1" * 13 in told) == (kind == "library")


def test_an_origin_is_what_will_be_recorded(tmp_path):
    """A file that changes is named, from an origin taken before to one taken after."""
    engagement, task = load(shop(tmp_path / "e")), task_of("roi/roi.fi")
    assert isinstance(task, Task)
    before = origin_of(engagement, task)
    write_orders(engagement.folder, 11)
    after = origin_of(engagement, task)
    assert before.key != after.key
    assert [(change.kind, change.name) for change in changes(before.provenance, after.provenance)] == [
        ("file", "data/myynti.csv")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("stem", STEMS)
def test_a_report_records_all_that_it_depends_on(stem, tmp_path_factory, worker_id, project):
    """What a fresh report of the sample records is what its origin says: no change is told of a report that has just been made."""
    base = tmp_path_factory.getbasetemp()
    reports = finished(base if worker_id == "master" else base.parent, project / "data" / "sample", "fi")
    recorded = json.loads((reports / f"{stem}.fi.results.json").read_text(encoding="utf-8"))["provenance"]
    task = task_of(f"{stem}.fi")
    assert isinstance(task, Task)
    now = origin_of(load(reports.parent), task).provenance
    assert changes(recorded, now) == ()
    assert {item["file"] for item in recorded["inputs"]} == {item["file"] for item in now["inputs"]}
    assert recorded.keys() >= now.keys()
