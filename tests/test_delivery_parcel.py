"""What leaves the computer for a cluster: no more than the reports depend on, and what comes back is put in its place."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import made_programme
import nbformat
import pytest
from brands import RED, branded, svg
from command_line import shop
from nbformat.v4 import new_code_cell, new_notebook

from kohtaamo_utils.brand import brand_of
from kohtaamo_utils.delivery.executed import Executed, at_home, deliver
from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.parcel import DATASET, Parcel, parcel_of
from kohtaamo_utils.delivery.roster import Task, available, tasks
from kohtaamo_utils.delivery.units import units_in
from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import DeliveryError, SettingsError
from kohtaamo_utils.intake import check
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from pathlib import Path


def _parcel(folder: Path, *reports: str, without: tuple[str, ...] = ()) -> Parcel:
    engagement = load(folder)
    problems, dataset = check(engagement)
    assert problems == ()
    assert dataset is not None
    dataset = replace(dataset, tables={name: its for name, its in dataset.tables.items() if name not in without})
    units = units_in(engagement, dataset.tables).shown
    planned = tasks(reports or available(engagement), ("fi",), "", dataset.tables, units=units)
    return parcel_of(engagement, planned, dataset)


def _below(parcel: Parcel) -> set[str]:
    """Return the engagement's files in a parcel, by their names there."""
    home = f"{parcel.engagement}/"
    return {place.removeprefix(home) for place in parcel.places if place.startswith(home)}


def _tables(parcel: Parcel) -> set[str]:
    dataset = pickle.loads(parcel.contents[parcel.places[DATASET]])  # noqa: S301 - of our own making
    assert dataset.ledger is None
    return set(dataset.tables)


def _unpacked(parcel: Parcel, folder: Path) -> Path:
    for place, mark in parcel.places.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(parcel.contents[mark])
    return folder / parcel.engagement


@pytest.mark.parametrize(
    ("report", "files", "tables"),
    [
        ("review_360", {"engagement.yaml", "actions.yaml"}, {"ratings_360", "survey"}),
        (
            "roi",
            {"engagement.yaml"},
            {"transactions", "customers", "employees"},
        ),
        (
            "current_state",
            {"engagement.yaml", "actions.yaml"},
            {
                "survey", "mystery_shopping", "operations", "observations", "transactions", "customers", "employees",
                "ratings_360",
            },
        ),
    ],
)  # fmt: skip
def test_nothing_leaves_that_no_report_depends_on(report, files, tables):
    """A parcel holds the tables that its reports use, and the files that they read themselves."""
    parcel = _parcel(bundled("data/sample"), report)
    assert _below(parcel) == files
    assert _tables(parcel) == tables
    assert parcel.reports == (report,)


@pytest.mark.parametrize(
    ("report", "files"),
    [
        ("roi", {"myynti_2024.csv", "myynti_2025.csv", "sopimusasiakkaat.csv", "henkilosto.xlsx"}),
        ("current_state", {"myynti_2024.csv", "myynti_2025.csv"}),
        ("review_360", set()),
    ],
)
def test_sales_too_large_for_a_table_go_as_files(report, files):
    """Sales that are no table here are read there, from their files: by the business case together with its other tables."""
    parcel = _parcel(bundled("data/sample"), report, without=("transactions",))
    assert {name.removeprefix("data/") for name in _below(parcel) if name.startswith("data/")} == files
    assert "transactions" not in _tables(parcel)


def test_each_content_goes_once():
    """Contents are known by their fingerprints, and one that lies in two places is there once."""
    parcel = _parcel(bundled("data/sample"))
    assert (
        {sha256(content) for content in parcel.contents.values()} == set(parcel.contents) == set(parcel.places.values())
    )
    assert parcel.size == sum(len(content) for content in parcel.contents.values())
    assert parcel.sha256 != _parcel(bundled("data/sample"), "roi").sha256


def test_nothing_of_other_clients_goes_along(tmp_path):
    """What a report says does not depend on who else is a client: a worker never hears of them."""
    folder = made_programme.write(tmp_path / "e", 1)
    alone = _parcel(folder)
    (tmp_path / "toinen").mkdir()
    (tmp_path / "toinen" / "engagement.yaml").write_text("client: Salaisuus Oy\n", encoding="utf-8")
    parcel = _parcel(folder)
    assert parcel.places == alone.places
    assert not any(b"Salaisuus" in content for content in parcel.contents.values())


def test_a_shared_brand_goes_along(tmp_path):
    """A brand outside the engagement lies outside it on the worker too, and is the same brand there."""
    folder = made_programme.write(tmp_path / "clients" / "e", 1)
    branded(
        tmp_path / "house", {"meta": "Talo Oy", "logo": "logo.svg", "color": {"primary": RED}}, {"logo.svg": svg(RED)}
    )
    (tmp_path / "house" / "engagement.yaml").unlink()
    settings = folder / "engagement.yaml"
    entry = "brand: {file: ../../house/_brand.yml, shared: true}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + entry, encoding="utf-8")
    there = _unpacked(_parcel(folder), tmp_path / "there")
    here_brand, there_brand = brand_of(load(folder)), brand_of(load(there))
    assert here_brand is not None
    assert there_brand is not None
    assert here_brand.sha256 == there_brand.sha256


def test_a_full_path_is_refused(tmp_path):
    """A file that the settings name by its full path is none on a worker; the message says what to write."""
    folder = shop(tmp_path / "e")
    settings = folder / "engagement.yaml"
    full = tmp_path / "e" / "data" / "myynti.csv"
    settings.write_text(settings.read_text(encoding="utf-8").replace("data/myynti.csv", str(full)), encoding="utf-8")
    with pytest.raises(SettingsError, match="by its full path, which means nothing on another computer") as refused:
        _parcel(folder, without=("transactions",))
    assert str(full) in str(refused.value)


def _came(text: str, failure: str = "") -> Executed:
    content = text.encode()
    return Executed(content, sha256(content), "/w/t.ipynb", "/w/e", "/w/tmp/n.ipynb", failure)


def _task(tmp_path: Path) -> Task:
    return Task("roi", "roi/roi.fi", tmp_path / "roi.ipynb", {"language": "fi"})


def _notebook() -> str:
    notebook = new_notebook(
        cells=[new_code_cell('engagement = "/w/e"')], metadata={"b": "/w/t.ipynb", "a": "/w/tmp/n.ipynb"}
    )
    return json.dumps(notebook)


def test_paths_of_the_worker_are_put_right(tmp_path):
    """The notebook that comes home names this computer's template, folder and file, as one that was executed here."""
    output = tmp_path / "out.ipynb"
    notebook = at_home(_came(_notebook()), _task(tmp_path), tmp_path / "e", output)
    assert list(notebook.metadata.items()) == [("b", str(tmp_path / "roi.ipynb")), ("a", str(output))]
    assert notebook.cells[0].source == f'engagement = "{tmp_path / "e"}"'
    assert nbformat.read(output, as_version=4) == notebook
    assert "/w/" not in output.read_text(encoding="utf-8")


def test_what_did_not_come_whole_is_refused(tmp_path):
    """A notebook whose bytes are not those that the worker sent is neither written nor delivered."""
    came = _came(_notebook())
    broken = Executed(came.content[:-1], came.sha256, *(came.template, came.folder, came.output))
    outcome = deliver(broken, _task(tmp_path), tmp_path, "k", Secrets(tmp_path))
    assert (outcome.state, outcome.message) == (
        "failed",
        "The executed notebook of roi/roi.fi did not come whole. Run the command again.",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", _notebook()])
def test_a_notebook_that_stopped_is_kept(text, tmp_path):
    """A notebook that stopped on a worker is there to be looked at, if there is one; its report is not made, and the outcome says why."""
    outcome = deliver(_came(text, "Solu pysähtyi."), _task(tmp_path), tmp_path, "k", Secrets(tmp_path))
    assert (outcome.state, outcome.message) == ("failed", "Solu pysähtyi.")
    kept = [file.name for file in tmp_path.rglob("*") if file.is_file()]
    assert kept == (["roi.fi.ipynb"] if text else [])
    with pytest.raises(DeliveryError, match="Solu"):
        at_home(_came(text, "Solu pysähtyi."), _task(tmp_path), tmp_path, tmp_path / "x.ipynb")
