"""The evidence register grades the popular claims and lets no weak one feed the model."""

from __future__ import annotations

import pytest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.roi.evidence import load

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
