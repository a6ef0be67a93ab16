"""The current-state report's figures on the sample, against values computed here from the raw files."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import fmean
from typing import TYPE_CHECKING

import formulas
import numpy as np
import pytest
from engagements import Figures, customers, make_engagement, text_of
from sample_files import UNSURE, numbers, read

from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

MINIMUM = 5
CUSTOMER_COLUMNS = {
    "nps": "Kuinka todennäköisesti suosittelisit meitä? (0–10)", "csat": "Tyytyväisyys asiointiin (1–5)",
    "ces": "Asian hoitaminen oli helppoa (1–7)", "heard": "Tulin kuulluksi", "understood": "Tulin ymmärretyksi",
    "valued": "Tunsin itseni arvostetuksi", "listening": "Minua kuunneltiin", "expertise": "Sain asiantuntevaa apua",
    "value": "Asioinnista oli minulle hyötyä", "trust": "Luotin siihen, mitä minulle luvattiin",
    "solution": "Asiaani etsittiin ratkaisu", "touchpoint": "Kohtaamispiste", "channel": "Kanava", "phase": "Vaihe",
    "unit": "Myymälä", "segment.ikäryhmä": "Ikäryhmä", "segment.asiakastyyppi": "Asiakastyyppi", "date": "Vastauspäivä",
}  # fmt: skip
STAFF_COLUMNS = {
    "enps": "Suosittelisitko työnantajaasi? (0–10)", "heard": "Asiakas tulee meillä kuulluksi",
    "understood": "Asiakas tulee meillä ymmärretyksi", "valued": "Asiakas tuntee itsensä arvostetuksi",
    "listening": "Kuuntelemme asiakasta", "expertise": "Annamme asiantuntevaa apua",
    "value": "Asiakas hyötyy asioinnista", "trust": "Asiakas voi luottaa lupauksiimme",
    "solution": "Etsimme asiakkaan asiaan ratkaisun", "group": "vastaajaryhma", "unit": "Yksikkö",
    "date": "Vastauspäivä",
}  # fmt: skip
ELEMENTS = ("listening", "expertise", "value", "trust", "solution")
HEARD = ("heard", "understood", "valued")
DIMENSIONS = ("touchpoint", "channel", "phase", "unit", "segment.ikäryhmä", "segment.asiakastyyppi")
STAFF = ("employee", "supervisor", "management")
Row = dict[str, str]


def rows_of(folder: Path, name: str, columns: dict[str, str]) -> list[Row]:
    """Return a raw file's rows under short names; an empty cell and "cannot say" are absent."""
    found = []
    for raw in read(folder, name).to_dict("records"):
        row = {short: raw[long] for short, long in columns.items()}
        found.append({key: value for key, value in row.items() if isinstance(value, str) and value != UNSURE})
    return found


@pytest.fixture(scope="module")
def data(project: Path) -> Path:
    return project / "data" / "sample" / "data"


@pytest.fixture(scope="module")
def customer_rows(data: Path) -> list[Row]:
    rows = rows_of(data, "asiakaskysely.csv", CUSTOMER_COLUMNS)
    assert all(row["date"].endswith(".2025") for row in rows)
    return rows


@pytest.fixture(scope="module")
def staff_rows(data: Path) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in rows_of(data, "henkilostokysely.csv", STAFF_COLUMNS):
        found[row["group"]].append(row)
    return found


@pytest.fixture(scope="module")
def figures(project: Path) -> Figures:
    return Figures(current_state.open_report(str(project / "data" / "sample"), "en"), "current_state")


def scores(rows: list[Row], column: str) -> list[float]:
    return [float(row[column]) for row in rows if column in row]


def heard_scores(rows: list[Row]) -> list[float]:
    return [fmean(float(row[item]) for item in HEARD) for row in rows if all(item in row for item in HEARD)]


COMPUTED = {
    "nps": lambda rows: formulas.nps(scores(rows, "nps")),
    "csat": lambda rows: formulas.share(sum(s >= 4 for s in scores(rows, "csat")), len(scores(rows, "csat"))),
    "csat_mean": lambda rows: formulas.mean(scores(rows, "csat"), 1, 5),
    "ces": lambda rows: formulas.mean(scores(rows, "ces"), 1, 7),
    "heard_index": lambda rows: formulas.mean(heard_scores(rows), 1, 5),
}
COUNTED = {
    "nps": lambda rows: len(scores(rows, "nps")),
    "csat": lambda rows: len(scores(rows, "csat")),
    "csat_mean": lambda rows: len(scores(rows, "csat")),
    "ces": lambda rows: len(scores(rows, "ces")),
    "heard_index": lambda rows: len(heard_scores(rows)),
}


@pytest.mark.parametrize("name", COMPUTED)
def test_customers_headline_figures(figures: Figures, customer_rows: list[Row], name: str) -> None:
    """A customers' measure, its interval and n are what its formula gives from the raw file."""
    found = figures(name, respondent_group="customer")
    assert (found.value, found.low, found.high) == pytest.approx(COMPUTED[name](customer_rows), rel=1e-9)
    assert found.n == COUNTED[name](customer_rows)


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("name", COMPUTED)
def test_customers_figures_by_dimension(figures: Figures, customer_rows: list[Row], name: str, dimension: str) -> None:
    """Every category has its own figure, but for those that would tell of two or three people beside a touchpoint."""
    parts = defaultdict(list)
    for row in customer_rows:
        if dimension in row:
            parts[row[dimension]].append(row)
    shown = {
        figure.scope[dimension]: figure.estimate
        for figure in figures.named(name)
        if figure.scope["respondent_group"] == "customer" and dimension in figure.scope
    }
    withheld = {
        item.scope[dimension]
        for item in figures.results.hidden
        if item.name == name and item.scope["respondent_group"] == "customer" and dimension in item.scope
    }
    assert set(shown) | withheld == set(parts)
    # one phase holds one touchpoint and three people more, and the other hides it; the channels web and app are together
    # the web shop's touchpoint and two people more, so the app is left out, and another channel with it
    assert withheld <= {"after", "before", "sovellus", "kotikäynti"}
    for category, found in shown.items():
        expected = COMPUTED[name](parts[category])
        assert (found.value, found.low, found.high) == pytest.approx(expected, rel=1e-9)
        assert found.n == COUNTED[name](parts[category])


def test_customers_figures_by_month(figures: Figures, customer_rows: list[Row]) -> None:
    """A month's NPS is of the answers dated in it."""
    months = defaultdict(list)
    for row in customer_rows:
        day, month, year = row["date"].split(".")
        assert int(day) <= 31
        months[f"{year}-{int(month):02d}"].append(row)
    assert len(months) == 12
    for month, rows in months.items():
        found = figures("nps", respondent_group="customer", month=month)
        assert (found.value, found.low, found.high) == pytest.approx(COMPUTED["nps"](rows), rel=1e-9)


def tell_all(values: list[float]) -> bool:
    """Whether answers of 1–5 print as within half a point of an end, and fewer than five can have answered otherwise."""
    mean, n = sum(values) / len(values), len(values)
    return any(gap <= 0.55 and gap * n < MINIMUM - 1e-9 for gap in (5 - mean, mean - 1))


def of_few(rows: list[Row], item: str) -> bool:
    """Whether fewer than five answered in April and fewer than five in October: they may be the same people."""
    rounds = Counter(row["date"].split(".")[1] in ("4", "5") for row in rows if item in row)
    return max(rounds.values(), default=0) < MINIMUM


@pytest.mark.parametrize("item", [*ELEMENTS, *HEARD])
def test_element_means_of_each_group(
    figures: Figures, customer_rows: list[Row], staff_rows: dict[str, list[Row]], item: str
) -> None:
    """An element's mean is of one group's answers: customers' experience, or what a staff group believes."""
    for group, rows in {"customer": customer_rows, **staff_rows}.items():
        values = scores(rows, item)
        if group in STAFF and (of_few(rows, item) or tell_all(values)):
            assert not figures.has("element_mean", respondent_group=group, element=item)
            continue
        found = figures("element_mean", respondent_group=group, element=item)
        assert (found.value, found.low, found.high) == pytest.approx(formulas.mean(values, 1, 5), rel=1e-9)
        assert found.n == len(values)


@pytest.mark.parametrize("group", STAFF)
def test_enps(figures: Figures, staff_rows: dict[str, list[Row]], group: str) -> None:
    """Each staff group has an eNPS of its own, but for the three leaders who answered in both rounds."""
    if of_few(staff_rows[group], "enps"):
        assert group == "management"
        assert not figures.has("enps", respondent_group=group)
        return
    found = figures("enps", respondent_group=group)
    values = scores(staff_rows[group], "enps")
    assert (found.value, found.low, found.high) == pytest.approx(formulas.nps(values), rel=1e-9)
    assert found.n == len(values)


def test_responses(figures: Figures, data: Path, customer_rows: list[Row], staff_rows: dict[str, list[Row]]) -> None:
    """Responses count each group's rows of all questionnaires."""
    chain = Counter(read(data, "johtaminen.csv")["vastaajaryhma"])
    assert figures("responses", respondent_group="customer").value == len(customer_rows) == 1500
    for group in STAFF:
        assert figures("responses", respondent_group=group).value == len(staff_rows[group]) + chain[group]


@pytest.mark.parametrize("item", [*ELEMENTS, *HEARD])
def test_mirror_gap(figures: Figures, customer_rows: list[Row], staff_rows: dict[str, list[Row]], item: str) -> None:
    """The gap is staff's belief less customers' experience with Welch's interval; a staff group that is not shown is left out."""
    shown = [
        its
        for group in STAFF
        if not of_few(staff_rows[group], item) and not tell_all(its := scores(staff_rows[group], item))
    ]
    staff = [value for its in shown for value in its]
    found, asked = figures("mirror_gap", element=item), scores(customer_rows, item)
    assert (found.value, found.low, found.high) == pytest.approx(formulas.welch(staff, asked), rel=1e-9)
    assert found.n == len(staff) + len(asked)


@pytest.mark.parametrize(("scale", "items"), [("heard", HEARD), ("elements", ELEMENTS)])
def test_alpha(figures: Figures, customer_rows: list[Row], scale: str, items: tuple[str, ...]) -> None:
    """Cronbach's alpha is of customers who answered the whole scale, with Feldt's interval."""
    complete = [[float(row[item]) for item in items] for row in customer_rows if all(item in row for item in items)]
    found = figures("alpha", respondent_group="customer", scale=scale)
    assert (found.value, found.low, found.high) == pytest.approx(formulas.alpha(complete), rel=1e-9)
    assert found.n == len(complete)


@pytest.mark.parametrize("outcome", ["csat", "nps"])
def test_drivers(figures: Figures, customer_rows: list[Row], outcome: str) -> None:
    """An element's share is its mean gain in R² over all 120 orders of entering, divided by R²."""
    names = [*ELEMENTS, outcome]
    complete = np.array([[float(row[name]) for name in names] for row in customer_rows if all(n in row for n in names)])
    shares, r2 = formulas.lmg_shares(complete[:, :-1], complete[:, -1])
    found = figures("driver_r2", respondent_group="customer", outcome=outcome)
    assert (found.value, found.n) == (pytest.approx(r2, rel=1e-9), len(complete))
    assert found.low < r2 < found.high
    for element, value in zip(ELEMENTS, shares, strict=True):
        part = figures("driver_share", respondent_group="customer", outcome=outcome, element=element)
        assert part.value == pytest.approx(value, rel=1e-7)
        assert part.low < value < part.high


def test_mystery_shopping(figures: Figures, data: Path) -> None:
    """The score is the mean over visits of weighted points earned by those possible, criteria not judged left out."""
    frame = read(data, "mystery.csv")
    table = frame.assign(**{name: numbers(frame[name]) for name in ("pisteet", "enintään", "paino")})
    for column, dimension in (
        ("", ""),
        ("elementti", "element"),
        ("kohtaamispiste", "touchpoint"),
        ("myymälä", "unit"),
    ):
        parts = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
        for row in table.to_dict("records"):
            if row["pisteet"] == row["pisteet"]:
                sums = parts[row[column] if column else ""][row["käynti"]]
                sums[0] += row["paino"] * row["pisteet"]
                sums[1] += row["paino"] * row["enintään"]
        for category, visits in parts.items():
            earned = [points / possible for points, possible in visits.values()]
            found = figures("mystery_shopping_score", **({dimension: category} if dimension else {}))
            assert (found.value, found.low, found.high) == pytest.approx(formulas.mean(earned, 0, 1), rel=1e-9)
            assert found.n == len(earned)


def test_operations(figures: Figures, data: Path) -> None:
    """An operational figure is the mean over the period's months; where only parts have it, of the parts' means."""
    frame = read(data, "toiminnalliset.csv")
    months, parts = defaultdict(list), defaultdict(dict)
    for row in frame.assign(arvo=numbers(frame["arvo"])).to_dict("records"):
        if row["kuukausi"].endswith("2025"):
            months[row["mittari"], row["kuukausi"]].append(row["arvo"])
            for column, dimension in (("myymälä", "unit"), ("kohtaamispiste", "touchpoint")):
                if isinstance(row[column], str):
                    parts[row["mittari"], dimension, row[column]][row["kuukausi"]] = row["arvo"]
    for measure in {measure for measure, _ in months}:
        expected = [fmean(values) for (name, _), values in months.items() if name == measure]
        found = figures("operations", measure=measure)
        assert (found.value, found.n) == (pytest.approx(fmean(expected)), 12)
    for (measure, dimension, category), by_month in parts.items():
        found = figures("operations", measure=measure, **{dimension: category})
        assert (found.value, found.n) == (pytest.approx(fmean(by_month.values())), len(by_month))


# ---------------------------------------------------------------- scopes and disclosure

SURVEY = ("nps", "enps", "csat", "csat_mean", "ces", "heard_index", "element_mean")
OWN = {"respondent_group", "element", "weighting"}
ALLOWED = {*DIMENSIONS, "month"}


def test_survey_figures_carry_one_group_and_at_most_one_dimension(figures: Figures) -> None:
    """A survey figure names its one respondent group, an element's mean its element, and one further dimension at most."""
    found = figures.named(*SURVEY)
    assert len(found) > 500
    for figure in found:
        further = set(figure.scope) - OWN
        assert figure.scope["respondent_group"] in ("customer", *STAFF)
        assert ("element" in figure.scope) == (figure.name == "element_mean")
        assert len(further) <= 1
        assert further <= ALLOWED


def test_nothing_of_fewer_than_five_is_shown(figures: Figures) -> None:
    """No survey figure rests on fewer answers than the minimum, and what is hidden has a reason and is not shown."""
    assert min(figure.estimate.n for figure in figures.named(*SURVEY, "alpha", "responses")) >= MINIMUM
    shown = {(figure.name, frozenset(figure.scope.items())) for figure in figures.results.figures}
    hidden = {(hidden.name, frozenset(hidden.scope.items())): hidden.reason for hidden in figures.results.hidden}
    assert not shown & set(hidden)
    telling = "would tell what single people answered"
    assert set(hidden.values()) == {"fewer than 5 answers", "would reveal a group of fewer than 5", telling}
    assert all((why == telling) <= (dict(scope)["respondent_group"] in STAFF) for (_, scope), why in hidden.items())


def test_every_category_is_shown_or_hidden(figures: Figures, staff_rows: dict[str, list[Row]]) -> None:
    """A category with answers is either shown or listed as hidden, never silently absent."""
    hidden = {(item.name, frozenset(item.scope.items())) for item in figures.results.hidden}
    checked = 0
    for group in STAFF:
        for item in (*ELEMENTS, *HEARD):
            units = Counter(row["unit"] for row in staff_rows[group] if item in row and "unit" in row)
            if len(scores(staff_rows[group], item)) < MINIMUM:
                continue
            for unit in units:
                scope = {"respondent_group": group, "element": item, "unit": unit}
                is_hidden = ("element_mean", frozenset(scope.items())) in hidden
                assert figures.has("element_mean", **scope) != is_hidden
                checked += 1
    assert checked > 50


def people_not_shown(figures: Figures) -> list[int]:
    """Return, for each measure, group and dimension, how many of those who answered are in no shown category."""
    wholes, parts = {}, defaultdict(int)
    for figure in figures.named(*SURVEY):
        further = set(figure.scope) - OWN
        key = (figure.name, figure.scope["respondent_group"], figure.scope.get("element"))
        if "weighting" in figure.scope:
            continue
        if further:
            parts[(*key, further.pop())] += figure.estimate.n
        else:
            wholes[key] = figure.estimate.n
    return [wholes[key[:3]] - count for key, count in parts.items()]


def test_people_not_shown_are_none_or_enough(figures: Figures) -> None:
    """The whole less the shown categories speaks of nobody or of at least five, for each measure, group and dimension."""
    left = people_not_shown(figures)
    assert len(left) > 60
    assert all(count == 0 or count >= MINIMUM for count in left)


def test_a_small_unit_takes_the_next_smallest_with_it(tmp_path: Path) -> None:
    """Of units of 30, 8 and 2 the last is hidden for its size and the second lest the total give the last away."""
    rows = [row for unit, n in (("A", 30), ("B", 8), ("C", 2)) for row in customers([9, 7] * (n // 2), unit=unit)]
    folder = make_engagement(tmp_path / "client", {}, {"survey": rows})
    figures = Figures(current_state.open_report(str(folder)), "current_state")
    hidden = {item.scope["unit"]: item.reason for item in figures.results.hidden if item.name == "nps"}
    assert hidden == {"C": "fewer than 5 answers", "B": "would reveal a group of fewer than 5"}
    assert figures.has("nps", respondent_group="customer", unit="A")


def test_a_group_of_few_is_not_even_counted(tmp_path: Path) -> None:
    """A respondent group below the minimum has no figure at all, not its number of responses either."""
    rows = customers([9] * 8) + [{"respondent_group": "management", "enps": 3} for _ in range(2)]
    folder = make_engagement(tmp_path / "client", {}, {"survey": rows})
    figures = Figures(current_state.open_report(str(folder)), "current_state")
    assert not [figure for figure in figures.results.figures if figure.scope.get("respondent_group") == "management"]
    assert {item.name for item in figures.results.hidden} == {"enps", "responses"}


def test_a_comparison_does_not_give_a_hidden_group_away(tmp_path: Path) -> None:
    """A category's others leave a hidden group of few out, though answers without a category keep the total safe."""
    rows = customers([10] * 60, touchpoint="Kassa") + customers([0] * 3, touchpoint="Huolto") + customers([10] * 10)
    folder = make_engagement(tmp_path / "client", {}, {"survey": rows})
    report = current_state.open_report(str(folder))
    figures = Figures(report, "current_state")
    assert figures.has("nps", respondent_group="customer", touchpoint="Kassa")
    assert "all the others" not in text_of(report.priorities())


def test_a_units_gap_does_not_give_a_hidden_staff_group_away(tmp_path: Path) -> None:
    """The gap by unit counts only staff groups that are shown in the unit: 12 employees, not their 2 supervisors."""
    rows = []
    for unit in ("A", "B"):
        rows += [{"respondent_group": "customer", "unit": unit, "trust": 3 + index % 2} for index in range(20)]
        rows += [{"respondent_group": "employee", "unit": unit, "trust": 4 + index % 2} for index in range(12)]
        rows += [{"respondent_group": "supervisor", "unit": unit, "trust": 1} for _ in range(3)]
    folder = make_engagement(tmp_path / "client", {}, {"survey": rows})
    report = current_state.open_report(str(folder))
    Figures(report, "current_state")
    table = report.mirror_gap().blocks[1]
    assert [row[:4] for row in table.rows] == [("A", "12", "20", "+1.00"), ("B", "12", "20", "+1.00")]
