"""A scenario saved in engagement.yaml is there for the next run, and nothing else in the file has changed."""

from __future__ import annotations

import pytest
from engagements import make_engagement
from roi_examples import drivers

from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.scenarios import save_scenario
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.resources import bundled

VALUES = {"basket": 0.02, "discount_rate": 0.08, "cost_initial": 12_000.0}


@pytest.fixture
def folder(tmp_path):
    """Give a folder with the sample's settings, remarks and all."""
    text = (bundled("data/sample") / "engagement.yaml").read_bytes()
    (tmp_path / "engagement.yaml").write_bytes(text)
    return tmp_path


def test_saved_and_read(folder):
    """The saved values are those of the settings afterwards."""
    save_scenario(folder, "Varovainen kevät", VALUES)
    assert load(folder).settings.roi.scenarios["Varovainen kevät"] == VALUES


def test_the_first_one_makes_the_key(tmp_path):
    """Where nothing has been saved yet, `scenarios` is added under `roi`."""
    text = (bundled("data/sample") / "engagement.yaml").read_text(encoding="utf-8")
    without = "".join(
        line for line in text.splitlines(keepends=True) if "scenarios:" not in line and "Hidas alku" not in line
    )
    (tmp_path / "engagement.yaml").write_text(without, encoding="utf-8")
    save_scenario(tmp_path, "A", VALUES)
    assert load(tmp_path).settings.roi.scenarios == {"A": VALUES}


def test_every_byte_stays(folder):
    """What a person wrote stays as it was; the scenario is put in at one place."""
    before = (folder / "engagement.yaml").read_text(encoding="utf-8")
    save_scenario(folder, "A", VALUES)
    after = (folder / "engagement.yaml").read_text(encoding="utf-8")
    start = next(place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b) if not after.startswith(before) else len(before)  # fmt: skip
    assert after.endswith(before[start:])


def test_a_second_one_joins_the_first(folder):
    """Scenarios gather under one key, in the order in which they were saved."""
    for name in ("A", "B"):
        save_scenario(folder, name, VALUES)
    assert list(load(folder).settings.roi.scenarios) == ["Hidas alku", "A", "B"]


def test_a_taken_name_is_refused(folder):
    """A saved scenario is not overwritten; the file stays as it is."""
    save_scenario(folder, "A", VALUES)
    before = (folder / "engagement.yaml").read_bytes()
    with pytest.raises(SettingsError, match=r"has a scenario 'A' already.*Choose another name"):
        save_scenario(folder, "A", {"basket": 0.0})
    assert (folder / "engagement.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("A", {"baskets": 0.1}, r"no input baskets.*Did you mean basket\?"),
        ("low", {"basket": 0.1}, "The scenario name low is the kit's own"),
        ("A", {"basket": float("nan")}, r"was not saved\. .*value \"nan\": This should be a number"),
    ],
)
def test_what_cannot_be_used_is_not_written(folder, name, values, message):
    """A value that the model does not have, or an own name of the kit, is told, and the file stays as it is."""
    before = (folder / "engagement.yaml").read_bytes()
    with pytest.raises(SettingsError, match=message):
        save_scenario(folder, name, values)
    assert (folder / "engagement.yaml").read_bytes() == before


def test_without_a_case_there_is_nothing_to_save(tmp_path):
    """An engagement without a roi block takes no scenario and says what to add."""
    folder = make_engagement(
        tmp_path / "x", {}, {"transactions": [{"customer_id": "a", "ordered_on": "2025-01-01", "amount": 1}]}
    )
    with pytest.raises(SettingsError, match="no `roi` block to save a scenario in"):
        save_scenario(folder, "A", {"basket": 0.1})


def test_settings_in_braces(tmp_path):
    """A roi block written in braces takes the scenario too."""
    block = drivers()["basket"]["effect"]
    inner = ", ".join(
        f'{key}: "{value}"' if isinstance(value, str) else f"{key}: {value}" for key, value in block.items()
    )
    (tmp_path / "engagement.yaml").write_text(
        f"client: A\nroi: {{basket: {{margin_rate: 0.3, effect: {{{inner}}}}}}}  # the case\n", encoding="utf-8"
    )
    save_scenario(tmp_path, "A: 1", {"basket": 0.0001})
    assert load(tmp_path).settings.roi.scenarios == {"A: 1": {"basket": 0.0001}}
