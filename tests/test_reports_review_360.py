"""The 360 reports' figures on the sample, against values computed here from the raw ratings."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

import formulas
import pytest
from engagements import Figures, plain, text_of
from sample_files import read

from kohtaamo_utils.reports import review_360

if TYPE_CHECKING:
    from pathlib import Path

REVIEWEES = tuple(f"r0{number}" for number in range(1, 9))
COMPETENCIES = ("listening", "expertise", "value", "trust", "solution", "presence", "empathy", "leading")
PROTECTED = ("peer", "report", "customer")
MINIMUM = 3
TURNED = ("listening_4", "presence_2")
"""Items about unwelcome behaviour: a rating of 1 counts as 5."""


def rounded(value: Fraction) -> float:
    """Round to one decimal, halves away from zero."""
    tenths = floor(abs(value) * 10 + Fraction(1, 2)) / 10
    return tenths if value >= 0 else -tenths


class Ratings:
    """The raw ratings: reviewee -> (rater, group) -> item -> score; and each item's competency."""

    def __init__(self, folder: Path) -> None:
        self.scores: dict[str, dict[tuple[str, str], dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        self.items: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for row in read(folder, "arviot_360.csv").to_dict("records"):
            self.items[row["vaittama"]] = row["kompetenssi"]
            self.names[row["arvioitava"]] = row["arvioitavan nimi"]
            rater = self.scores[row["arvioitava"]][row["arvioija"], row["arvioijaryhma"]]
            if isinstance(row["arvio"], str):
                score = int(row["arvio"])
                rater[row["vaittama"]] = 6 - score if row["vaittama"] in TURNED else score

    def raters(self, reviewee: str, group: str) -> list[dict[str, int]]:
        """Return the answers of each rater of a group: one, several joined by plus, or all others."""
        wanted = {"manager", *PROTECTED} if group == "others" else set(group.split("+"))
        return [answers for (_, its), answers in self.scores[reviewee].items() if its in wanted]

    def by_rater(self, reviewee: str, competency: str, group: str) -> list[Fraction]:
        """Return each rater's mean over the competency's items; those who answered less than half of them are left out."""
        items = [item for item, its in self.items.items() if its == competency]
        answered = [[answers[item] for item in items if item in answers] for answers in self.raters(reviewee, group)]
        return [Fraction(sum(its), len(its)) for its in answered if its and 2 * len(its) >= len(items)]

    def mean(self, reviewee: str, competency: str, group: str) -> Fraction:
        """Return the mean over raters."""
        found = self.by_rater(reviewee, competency, group)
        return sum(found, Fraction(0)) / len(found)


@pytest.fixture(scope="module")
def ratings(project: Path) -> Ratings:
    return Ratings(project / "data" / "sample" / "data")


@pytest.fixture(scope="module")
def people(project: Path) -> dict[str, Figures]:
    folder = str(project / "data" / "sample")
    return {name: Figures(review_360.open_person(folder, name, "en"), "person") for name in REVIEWEES}


@pytest.fixture(scope="module")
def group(project: Path) -> Figures:
    return Figures(review_360.open_group(str(project / "data" / "sample"), "en"), "group")


@pytest.mark.parametrize("reviewee", REVIEWEES)
def test_competency_means(people: dict[str, Figures], ratings: Ratings, reviewee: str) -> None:
    """A shown mean is the mean over raters of each rater's mean, to one decimal, with its number of raters."""
    found = people[reviewee].named("competency_mean")
    assert len(found) >= 30
    for figure in found:
        competency, rater_group = figure.scope["competency"], figure.scope["rater_group"]
        assert figure.estimate.value == rounded(ratings.mean(reviewee, competency, rater_group))
        assert figure.estimate.n == len(ratings.by_rater(reviewee, competency, rater_group))


@pytest.mark.parametrize("reviewee", REVIEWEES)
def test_item_means(people: dict[str, Figures], ratings: Ratings, reviewee: str) -> None:
    """A shown item's mean is of the raters who answered it."""
    found = people[reviewee].named("item_mean")
    assert len(found) >= 30
    for figure in found:
        item = figure.scope["item"]
        answers = [its[item] for its in ratings.raters(reviewee, figure.scope["rater_group"]) if item in its]
        assert (figure.estimate.value, figure.estimate.n) == (
            rounded(Fraction(sum(answers), len(answers))),
            len(answers),
        )


@pytest.mark.parametrize("reviewee", REVIEWEES)
def test_gaps(people: dict[str, Figures], ratings: Ratings, reviewee: str) -> None:
    """A gap is one's own mean less the mean of all others, rounded only at the end."""
    for figure in people[reviewee].named("gap"):
        competency = figure.scope["competency"]
        gap = ratings.mean(reviewee, competency, "self") - ratings.mean(reviewee, competency, "others")
        assert figure.estimate.value == rounded(gap)
    scopes = [figure.scope for figure in people[reviewee].named("gap")]
    others = {
        f.scope["competency"] for f in people[reviewee].named("competency_mean") if f.scope["rater_group"] == "others"
    }
    assert {scope["competency"] for scope in scopes} == others


@pytest.mark.parametrize("reviewee", REVIEWEES)
def test_raters(people: dict[str, Figures], ratings: Ratings, reviewee: str) -> None:
    """Raters are counted by group as shown; a group below three is not counted but named as hidden."""
    for figure in people[reviewee].named("raters"):
        assert figure.estimate.value == len(ratings.raters(reviewee, figure.scope["rater_group"]))
    hidden = {
        item.scope["rater_group"]: item.reason for item in people[reviewee].results.hidden if item.name == "raters"
    }
    for name in PROTECTED:
        count = len(ratings.raters(reviewee, name))
        shown = people[reviewee].has("raters", rater_group=name)
        assert shown <= (count >= MINIMUM)
        assert (name in hidden) == (count > 0 and not shown)
        assert (hidden.get(name) == "fewer than 3 raters") == (0 < count < MINIMUM)


@pytest.mark.parametrize("reviewee", REVIEWEES)
def test_nothing_of_fewer_than_three_is_shown(people: dict[str, Figures], ratings: Ratings, reviewee: str) -> None:
    """No protected group below three has a figure, pooled groups included, and hidden figures are not shown."""
    shown = {(figure.name, frozenset(figure.scope.items())) for figure in people[reviewee].results.figures}
    for figure in people[reviewee].results.figures:
        name = figure.scope.get("rater_group", "others")
        if name not in ("self", "manager"):
            raters = ratings.raters(reviewee, name)
            assert len(raters) >= MINIMUM
            assert figure.estimate.n >= MINIMUM
    hidden = [(item.name, frozenset(item.scope.items())) for item in people[reviewee].results.hidden]
    assert not shown & set(hidden)
    assert all(item.reason for item in people[reviewee].results.hidden)


@pytest.mark.parametrize("reviewee", REVIEWEES)
def test_every_mean_is_shown_or_listed_as_hidden(people: dict[str, Figures], ratings: Ratings, reviewee: str) -> None:
    """A competency that a rater group answered has a figure or a hidden entry with its reason."""
    listed = {
        (item.scope["competency"], item.scope["rater_group"])
        for item in (*people[reviewee].results.figures, *people[reviewee].results.hidden)
        if item.name == "competency_mean"
    }
    for competency in COMPETENCIES:
        for name in ("self", "manager", *PROTECTED, "others"):
            assert ((competency, name) in listed) == bool(ratings.by_rater(reviewee, competency, name))


def test_pooled_groups_are_joined_by_plus(people: dict[str, Figures]) -> None:
    """Two peers and two reports are one group in name and figures."""
    names = {figure.scope["rater_group"] for figure in people["r06"].named("competency_mean", "raters")}
    assert "peer+report" in names
    assert not {"peer", "report"} & names


# ---------------------------------------------------------------- the group's report


def test_group_means_of_managers(group: Figures, ratings: Ratings) -> None:
    """Where nothing is hidden a group mean is the mean over the eight reviewees' unrounded means."""
    for competency in COMPETENCIES:
        means = [ratings.mean(reviewee, competency, "manager") for reviewee in REVIEWEES]
        found = group("competency_mean", competency=competency, rater_group="manager")
        assert (found.value, found.n) == (rounded(sum(means, Fraction(0)) / 8), 8)


def test_group_means_of_self_are_of_those_who_have_others(
    group: Figures, people: dict[str, Figures], ratings: Ratings
) -> None:
    """One more self rating than means of others would give that one away: self is of the reviewees whose gap is printed."""
    for competency in COMPETENCIES:
        whose = published(people, ratings, competency, "others")
        means = [ratings.mean(reviewee, competency, "self") for reviewee in whose]
        if competency == "solution":  # the others' mean is withheld there, and with the gap self would tell it
            continue
        found = group("competency_mean", competency=competency, rater_group="self")
        assert (found.value, found.n) == (rounded(sum(means, Fraction(0)) / len(means)), len(means))
    assert any(one.estimate.n == 7 for one in group.named("competency_mean") if one.scope["rater_group"] == "self")


def test_where_the_others_are_withheld_self_and_gap_do_not_stand_together(group: Figures) -> None:
    """Of the sample's solution focus the gap of eight stands alone: self less the gap would be the mean of the others."""
    three = [("competency_mean", {"rater_group": name}) for name in ("self", "others")] + [("gap", {})]
    assert [group.has(name, competency="solution", **scope) for name, scope in three] == [False, False, True]
    assert all(group.has(name, competency="trust", **scope) for name, scope in three)


def published(people: dict[str, Figures], ratings: Ratings, competency: str, name: str) -> dict[str, Fraction]:
    """Return each reviewee's mean that his own report prints: exact, or the middle of the printed band."""
    found = {}
    for reviewee, figures in people.items():
        bands = [
            item.reason
            for item in figures.results.hidden
            if item.name == "competency_mean" and item.scope == {"competency": competency, "rater_group": name}
        ]
        if figures.has("competency_mean", competency=competency, rater_group=name):
            found[reviewee] = ratings.mean(reviewee, competency, name)
        elif bands == ["shown as a band: 4.5 or more"]:
            found[reviewee] = Fraction(19, 4)
        elif bands == ["shown as a band: 1.5 or less"]:
            found[reviewee] = Fraction(5, 4)
    return found


@pytest.mark.parametrize("name", [*PROTECTED, "others"])
def test_group_means_of_protected_groups(
    group: Figures, people: dict[str, Figures], ratings: Ratings, name: str
) -> None:
    """A group mean is of what at least five single reports print, and of nothing that one of them hides."""
    reasons = {
        (item.scope["competency"], item.scope["rater_group"]): item.reason
        for item in group.results.hidden
        if item.name == "competency_mean"
    }
    for competency in COMPETENCIES:
        means = published(people, ratings, competency, name)
        if len(means) < 5 or (competency, name) in reasons:
            assert not group.has("competency_mean", competency=competency, rater_group=name)
            assert not means or (reasons[competency, name] == "fewer than 5 reviewees") == (len(means) < 5)
            continue
        found = group("competency_mean", competency=competency, rater_group=name)
        assert (found.value, found.n) == (rounded(sum(means.values(), Fraction(0)) / len(means)), len(means))


def test_group_gaps(group: Figures, people: dict[str, Figures], ratings: Ratings) -> None:
    """The group's gap is the mean of self less others over the reviewees whose others' mean is printed."""
    for competency in COMPETENCIES:
        others = published(people, ratings, competency, "others")
        gaps = [ratings.mean(reviewee, competency, "self") - value for reviewee, value in others.items()]
        found = group("gap", competency=competency)
        assert (found.value, found.n) == (rounded(sum(gaps, Fraction(0)) / len(gaps)), len(gaps))


@pytest.mark.parametrize("competency", COMPETENCIES)
def test_intraclass_correlations(group: Figures, ratings: Ratings, competency: str) -> None:
    """ICC(1) and ICC(2) are one-way, over all raters but self, with unequal numbers of raters."""
    scores = [[float(x) for x in ratings.by_rater(reviewee, competency, "others")] for reviewee in REVIEWEES]
    expected = formulas.icc_one_way(scores)
    found = [group(name, competency=competency, rater_group="others").value for name in ("icc1", "icc2")]
    assert found == pytest.approx(expected, abs=0.005)
    assert sum(map(len, scores)) > 75  # customers see little of how somebody leads


def everything(figures: Figures) -> str:
    """Return all that a reader of the page or of its figures can see."""
    return figures.text + str(figures.report.cover()._repr_mimebundle_()) + str(figures.results.as_dict()["figures"])


def test_group_report_names_nobody(group: Figures, ratings: Ratings) -> None:
    """No reviewee's name or id stands anywhere in the group's report, figures included."""
    texts = everything(group)
    for reviewee, name in ratings.names.items():
        assert name not in texts
        assert f"'{reviewee}'" not in texts


@pytest.mark.parametrize("reviewee", REVIEWEES)
def test_a_person_report_names_nobody_else(people: dict[str, Figures], ratings: Ratings, reviewee: str) -> None:
    """A reviewee's report bears that person's name and no other reviewee's or rater's, in cover, sections and figures."""
    texts = everything(people[reviewee])
    assert ratings.names[reviewee] in texts
    for other in set(REVIEWEES) - {reviewee}:
        assert ratings.names[other] not in texts
    for rater, _ in ratings.scores[reviewee]:
        assert rater not in texts


# ---------------------------------------------------------------- what is in the file is on the page


def printed(figure_name: str, value: float, report: review_360.PersonReview | review_360.GroupReview) -> str:
    """Return a figure as the report prints it."""
    if figure_name in ("gap", "item_gap", "change"):
        return report.f.signed(value, 1)
    if figure_name in ("raters", "answers", "raters_needed"):
        return report.f.integer(value)
    two = ("agreement_rwg", "agreement_rwg_skewed", "agreement_ad", "icc1", "icc2", "reliability", "alpha")
    return report.f.number(value, 2 if figure_name in two else 1)


@pytest.mark.parametrize("subject", [*REVIEWEES, "group"])
def test_results_hold_nothing_that_is_not_printed(people: dict[str, Figures], group: Figures, subject: str) -> None:
    """Every value in the figures of a 360 report stands in a table row of its section, as printed."""
    finished = group if subject == "group" else people[subject]
    for section in finished.sections.values():
        page = section._repr_mimebundle_()["text/html"]
        rows = [plain(row) for table in page.split("<table")[1:] for row in table.split("<tr")]
        cells = {part for row in rows for part in re.sub(r"([()…])", r" \1 ", row).split()}
        for figure in section.figures:
            for value in (figure.estimate.value, figure.estimate.low, figure.estimate.high):
                assert value is None or printed(figure.name, value, finished.report) in cells


def test_a_hidden_mean_is_owned_in_the_first_sentence(people: dict[str, Figures], ratings: Ratings) -> None:
    """Where a competency's mean of the others is hidden, the highest is called so only among those shown."""
    assert not people["r04"].has("competency_mean", competency="expertise", rater_group="others")
    text = text_of(people["r04"].sections["headline"])
    assert "Of the scores that can be shown, the others give you the highest in:" in text
    assert "The others give you the highest score in" not in text
    means = {competency: rounded(ratings.mean("r06", competency, "others")) for competency in COMPETENCIES}
    assert all(people["r06"].has("competency_mean", competency=name, rater_group="others") for name in COMPETENCIES)
    assert max(means, key=lambda name: means[name]) == "empathy"
    whole = text_of(people["r06"].sections["headline"])
    assert f"The others give you the highest score in: empathy ({means['empathy']})." in whole
