"""The evidence register grades the popular claims and lets no weak one feed the model."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from roi_examples import effect

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.roi.evidence import load
from kohtaamo_utils.roi.settings import RoiSettings

GRADES = {
    "emotional_connection_52": "B-",
    "feels_treated_70": "D",
    "pays_more_86": "C",
    "retention_five_times_cheaper": "D",
    "financial_firm_35": "E",
    "pays_back_many_times": "E",
}


def test_grades_of_the_articles_claims():
    """Each number that the method's articles quote is in the register with its grade."""
    assert {claim.id: claim.grade for claim in load().claims} == GRADES


def test_weak_claims_need_an_override():
    """C, D and E need somebody's word in writing before they feed anything; B does not."""
    weak = {claim.id for claim in load().claims if claim.needs_override}
    assert weak == {name for name, grade in GRADES.items() if grade[0] in "CDE"}


def test_no_claim_feeds_the_model_as_it_is():
    """None of the articles' claims is a default of any driver."""
    assert {claim.may_feed for claim in load().claims} == {"none"}


def write(folder, **changes):
    """Write a register of one claim with some of its keys changed."""
    wording = "{fi: a, sv: b, en: c}"
    keys = {"id": "x", "claim": wording, "attributed_to": "null", "source": "null", "year": "null", "grade": "D"}
    keys |= {"may_feed": "none", "finding": wording, **changes}
    file = folder / "evidence.yaml"
    entry = ", ".join(f"{key}: {value}" for key, value in keys.items())
    file.write_text(f"reviewed_on: 2026-01-15\nclaims: [{{{entry}}}]\n", encoding="utf-8")
    return file


def test_a_weak_claim_that_feeds_is_refused(tmp_path):
    """A register that lets a D claim feed retention is refused, and the claim is told."""
    with pytest.raises(DataError, match="x has grade D and may_feed retention"):
        load(write(tmp_path, may_feed="retention"))


def test_a_missing_language_is_refused(tmp_path):
    """Every text stands in all three languages; the message says where one is missing."""
    with pytest.raises(DataError, match=r"claims\.0\.finding\.sv: Field required"):
        load(write(tmp_path, finding="{fi: a, en: c}"))


def test_an_own_register_is_read(tmp_path):
    """A consultant's own register may be given instead of the bundled one."""
    assert [claim.id for claim in load(write(tmp_path, grade="B", may_feed="basket")).claims] == ["x"]


def resting_on(claim, **changes):
    """Return a basket case whose effect rests on a claim of the register."""
    block = {"margin_rate": 0.3, "effect": {**effect(0, 0.01, 0.02), "evidence": claim, **changes}}
    return RoiSettings.model_validate({"basket": block})


def test_an_effect_may_not_rest_on_a_claim_that_feeds_nothing():
    """The 52 % of grade B- compare groups of customers: without somebody's word in writing they move no effect."""
    with pytest.raises(ValidationError, match=r"emotional_connection_52 may not feed the effect by itself.*override"):
        resting_on("emotional_connection_52", grade="B-")
    allowed = resting_on("emotional_connection_52", grade="B-", override="Agreed with the client 3.2.2026")
    assert allowed.drivers["basket"].effect.override == "Agreed with the client 3.2.2026"


@pytest.mark.parametrize("claim", ["pays_more_86", "feels_treated_70", "financial_firm_35"])
def test_weak_claims_are_refused_as_sources(claim):
    """A claim of grade C, D or E moves no effect without an override, whatever it says."""
    with pytest.raises(ValidationError, match="do not feed the model"):
        resting_on(claim, grade=GRADES[claim])


def test_a_claims_grade_is_the_registers():
    """Nobody may give a claim a better grade than the register does."""
    with pytest.raises(
        ValidationError, match="pays_more_86 has grade C in the evidence register, and the effect says A"
    ):
        resting_on("pays_more_86", grade="A")


def test_an_unknown_claim():
    """A claim that the register does not have is refused, and those that it has are told."""
    with pytest.raises(ValidationError, match=r"no most_people_agree; expected one of emotional_connection_52"):
        resting_on("most_people_agree", grade="B")


def test_a_claim_feeds_a_driver_that_there_is(tmp_path):
    """`may_feed` names a driver of the kit or none."""
    with pytest.raises(DataError, match=r"x may_feed baskets; expected none or one of retention"):
        load(write(tmp_path, grade="B", may_feed="baskets"))
