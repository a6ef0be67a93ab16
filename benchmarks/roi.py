"""What a simulation of the business case costs beside the same formulas written by hand in numpy.

Run from the project's root: ``python benchmarks/roi.py``. Both value a million draws of the sample's three drivers in the
same blocks, from generators of their own, and both find P10, P50, P90 and the chance of paying. The ratio is the median of
several runs in turn; the kit promises at most 1.2. The second ratio leaves the percentiles out by hand and not in the kit.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.reports.roi import open_report
from kohtaamo_utils.resources import bundled
from kohtaamo_utils.roi.simulation import BLOCK, simulate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kohtaamo_utils.roi.case import RoiCase

DRAWS = 1_000_000
RUNS = 15
LIMIT = 1.2


def triangular(shares: NDArray[np.float64], low: float, likely: float, high: float) -> NDArray[np.float64]:
    """Return triangular draws by the inverse of their distribution, as one writes it in a notebook."""
    width = high - low
    rising = low + np.sqrt(shares * width * (likely - low))
    falling = high - np.sqrt((1 - shares) * width * (high - likely))
    return np.where(shares * width < likely - low, rising, falling)


def by_hand(case: RoiCase) -> NDArray[np.float64]:
    """Return a million NPVs with the formulas of the three drivers written out."""
    given, years = case.inputs, range(1, case.horizon + 1)
    factors = {year: (1 + given["discount_rate"]) ** -year for year in years}
    annuity = sum(factors.values())
    rate, value = given["retention_rate"], given["customers"] * given["margin_per_customer"]
    pay = given["monthly_salary"] * given["months_per_year"] / 12 * (1 + given["side_cost_rate"])
    leaver = given["separation"] + given["recruiting"] + given["onboarding"]
    leaver += (
        given["vacancy_months"] * given["vacancy_share"] + given["ramp_up_months"] * given["ramp_up_share"]
    ) * pay
    staff = given["headcount"] * given["turnover_rate"] * leaver * annuity
    sales = given["revenue"] * given["margin_rate"] * annuity
    costs = given["cost_initial"] + given["hours_initial"] * given["hourly_cost"]
    costs += (given["cost_per_year"] + given["hours_per_year"] * given["hourly_cost"]) * annuity
    streams = {name: np.random.default_rng([case.seed, number]) for number, name in enumerate(case.effects)}
    found = np.empty(DRAWS)
    for start in range(0, DRAWS, BLOCK):
        block = found[start : start + BLOCK]
        drawn = {
            name: triangular(streams[name].random(len(block)), effect.low, effect.likely, effect.high)
            for name, effect in case.effects.items()
        }
        after = np.clip(rate + drawn["retention"], 0, 1)
        kept = sum((after**year - rate**year) * factors[year] for year in years)
        block[:] = value * kept + staff * drawn["turnover"] + sales * drawn["basket"] - costs
    return found


def answers(npv: NDArray[np.float64]) -> tuple[list[float], float]:
    """Return the percentiles and the chance of paying, as one writes it in a notebook."""
    return np.quantile(npv, [0.1, 0.5, 0.9]).tolist(), float(np.mean(npv > 0))


def seconds(work: object) -> float:
    """Return how long a call takes."""
    begin = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begin


def main() -> None:
    """Print the times, the ratio and whether both agree."""
    case = open_report(str(bundled("data/sample")), "en").case
    if case is None:
        return

    def ours() -> NDArray[np.float64]:
        return simulate(case.fast_npv, case.uncertain, DRAWS, case.seed).npv

    hand, kit = by_hand(case), ours()
    runs = [
        (seconds(lambda: answers(by_hand(case))), seconds(lambda: by_hand(case)), seconds(ours)) for _ in range(RUNS)
    ]
    whole, bare, mine = (statistics.median(times) for times in zip(*runs, strict=True))
    ratio = statistics.median(kit_time / hand_time for hand_time, _, kit_time in runs)
    strict = statistics.median(kit_time / hand_time for _, hand_time, kit_time in runs)
    print(f"a million draws: by hand {whole:.3f} s, kit {mine:.3f} s, ratio {ratio:.2f} (limit {LIMIT})")
    print(f"against the draws alone, without percentiles by hand: {bare:.3f} s, ratio {strict:.2f}")
    print(f"P50 by hand {np.median(hand):,.0f}, kit {np.median(kit):,.0f} (other draws)")


if __name__ == "__main__":
    main()
