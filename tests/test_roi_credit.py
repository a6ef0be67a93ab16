"""What is counted of an effect, what it costs in full, and what two effects bring only together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roi_examples import drivers, example, settings

from kohtaamo_utils.roi.costs import COST_INPUTS, COST_PARTS, Costs, cost_steps
from kohtaamo_utils.roi.steps import Model

SHARES = st.floats(0, 1)


def changed(driver: str, **keys: object) -> dict[str, object]:
    """Return a driver's block with some keys changed."""
    return {driver: {**drivers()[driver], **keys}}


@pytest.mark.parametrize(
    ("gross", "attribution", "confidence", "counted"),
    [(50_000, 0.6, 0.8, 24_000), (30_000, 0.4, 0.7, 8_400), (20_000, 0.5, 0.5, 5_000)],
)
def test_phillips_adjustment(gross, attribution, confidence, counted):
    """Phillips: benefit x attribution x confidence; 24,000 + 8,400 + 5,000 make the method's example of 37,400."""
    basket = changed("basket", attribution=attribution, confidence=confidence)
    found = example("basket", **basket).result(revenue=gross / 0.3 / 0.01)
    assert found.benefits["basket"] == pytest.approx((counted,) * 3)


def test_phillips_example_adds_up():
    """The three adjusted estimates of the example are 37,400 together."""
    assert pytest.approx(37_400) == 50_000 * 0.6 * 0.8 + 30_000 * 0.4 * 0.7 + 20_000 * 0.5 * 0.5


def test_ramp_by_year():
    """With half of the effect in force in year 1 retention brings 3,000, then 9,780 and 11,957.40 as before."""
    found = example("retention", **changed("retention", ramp=[0.5, 1]))
    assert found.result().benefits["retention"] == pytest.approx((3000, 9780, 11957.40))


def test_the_last_ramp_goes_on():
    """A ramp shorter than the horizon keeps its last value; a longer one is cut."""
    short, long = (example("basket", **changed("basket", ramp=ramp)).result() for ramp in ([0.2], [0.2] * 5))
    assert short == long
    assert short.benefits["basket"] == pytest.approx((120.0,) * 3)


@given(st.lists(SHARES, min_size=1, max_size=4), SHARES, SHARES)
def test_credit_never_raises_a_benefit(ramp, attribution, confidence):
    """What is counted is never more than the full effect brings."""
    full = example("turnover").result().benefits["turnover"]
    credited = example("turnover", **changed("turnover", ramp=ramp, attribution=attribution, confidence=confidence))
    counted = credited.result().benefits["turnover"]
    assert all(part <= whole * (1 + 1e-12) for part, whole in zip(counted, full, strict=True))


def test_interaction_is_the_kept_customers_bigger_baskets():
    """Retention brings 6,000, 9,780 and 11,957.40; one per cent bigger baskets of those are 60, 97.80 and 119.574."""
    assert example().result().interaction == pytest.approx((60, 97.80, 119.574))


def test_interaction_follows_the_baskets_credit():
    """Half of the basket's effect in year 1 halves that year's interaction and no other."""
    found = example(**changed("basket", ramp=[0.5, 1])).result()
    assert found.interaction == pytest.approx((30, 97.80, 119.574))


def test_interaction_is_in_no_sum():
    """Benefits and NPV are those of the drivers alone; the interaction is reported beside them."""
    result = example().result()
    yearly = [sum(parts) for parts in zip(*result.benefits.values(), strict=True)]
    discounted = sum(amount * 1.1**-year for year, amount in enumerate(yearly, start=1))
    assert result.pv_benefits == pytest.approx(discounted)


@pytest.mark.parametrize("names", [("retention",), ("basket",), ("retention", "turnover"), ("turnover", "basket")])
def test_no_interaction_without_both(names):
    """Where a case lacks retention or the basket there is nothing that they bring together."""
    assert example(*names).result().interaction == ()


FULL = {
    "initial": 40_000, "per_year": 12_000, "internal_hours": {"initial": 200, "per_year": 60}, "hourly_cost": 45,
    "participants_hours": {"initial": 300, "per_year": 100}, "travel": {"initial": 1500, "per_year": 500},
    "tools": {"initial": 900, "per_year": 300}, "measurement": {"per_year": 2000},
}  # fmt: skip


def test_full_costs():
    """All parts by hand: 40,000 + 500 h x 45 + 1,500 + 900 = 64,900 at the start, 22,000 each year after it."""
    result = example("basket", costs=FULL).result()
    assert result.costs == (64_900, 22_000, 22_000, 22_000)


def test_participants_may_cost_another_rate():
    """Participants' hours have a price of their own where one is given: 300 x 25 instead of 300 x 45 less 6,000."""
    result = example("basket", costs={**FULL, "participants_hourly_cost": 25}).result()
    assert result.costs[:2] == (64_900 - 300 * 20, 22_000 - 100 * 20)


def test_parts_add_up_to_the_cost():
    """The parts of the cost are the cost, at the start and later."""
    values = Model(COST_INPUTS, cost_steps(1)).values(Costs.model_validate(FULL).inputs())
    for when, year in (("initial", 0), ("yearly", 1)):
        parts = [float(values[f"cost_{part}_{when}"]) for part in COST_PARTS]
        assert sum(parts) == pytest.approx(float(values[f"cost_{year}"]))


def test_every_input_has_a_name_and_a_value():
    """Each input of a case is named for a reader, and has a value or a range."""
    found = example()
    effects = {part.name for part in found.model.inputs} - set(found.inputs)
    assert effects == {"effect_retention", "effect_turnover", "effect_basket"}
    assert [part.name for part in found.model.inputs if not part.label] == []
    assert settings().model_dump()["drivers"]["basket"]["margin_rate"] == 0.30
