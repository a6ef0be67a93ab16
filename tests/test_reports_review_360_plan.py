"""The development plan, the guide for the talk and the view by ethos, pathos and logos: from printed figures alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from engagements import Figures, make_engagement, text_of
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.publication import Band, Cell, Hidden, Shown
from kohtaamo_utils.reports import review_360
from kohtaamo_utils.reports.review_360.appeals import appeal_mean, appeals, items_of
from kohtaamo_utils.reports.review_360.choice import MOST, Choice, choose
from kohtaamo_utils.reports.review_360.competencies import competencies
from kohtaamo_utils.reports.review_360.items import items
from kohtaamo_utils.reports.review_360.plan import plan
from kohtaamo_utils.reports.review_360.talk import talk
from kohtaamo_utils.tables import COMPETENCIES

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.reports.review_360.profile import Profile

HIGH, LOW = Shown(Band("high", 4.5), 8), Shown(Band("low", 1.5), 8)
SECRET = Hidden("complementary")
LANGUAGES = ("fi", "sv", "en")


@pytest.fixture(scope="module")
def whole(project: Path) -> Profile:
    """Return a profile to make others of: its items, scale and instrument are the sample's."""
    return review_360.open_person(str(project / "data" / "sample"), "r01", "en").profile


def published(profile: Profile, means: dict[str, dict[str, Cell]], own_items: dict[str, dict[str, Cell]]) -> Profile:
    """Return the profile with other published means, by group and question, and nothing else of it published."""
    publication = replace(
        profile.publication,
        competency_means={(name, group): cell for group, cells in means.items() for name, cell in cells.items()},
        item_means={(name, group): cell for group, cells in own_items.items() for name, cell in cells.items()},
        gaps={},
        spread=frozenset(),
        item_spread=frozenset(),
    )
    return replace(profile, publication=publication)


def of(profile: Profile, **means: dict[str, Cell]) -> Profile:
    return published(profile, means, {})


def numbers(**values: float) -> dict[str, Cell]:
    return {name: Shown(value, 8) for name, value in values.items()}


# ---------------------------------------------------------------- what is chosen


def test_blind_spots_come_first_then_the_lowest_means(whole: Profile) -> None:
    """The widest gap first, though another competency's mean is lower; then the lowest of the rest, three in all."""
    others = numbers(listening=3.4, expertise=3.9, value=2.8, trust=4.1, solution=3.0, presence=3.6)
    own = numbers(listening=4.0, expertise=4.9, value=2.9, trust=4.2, solution=3.1, presence=3.7)
    found = choose(of(whole, others=others, self=own))
    assert found.develop == ("expertise", "listening", "value")
    assert found.blind == {"expertise", "listening"}
    assert found.strength == ("trust", "known_strength")


def test_equal_ones_go_by_the_questionnaire(whole: Profile) -> None:
    """Of equal gaps and of equal means the first of the questionnaire is taken, whatever order they came in."""
    others = numbers(empathy=3.0, presence=3.0, solution=3.0, trust=3.0)
    assert choose(of(whole, others=others)).develop == ("trust", "solution", "presence")


def test_a_hidden_strength_goes_before_an_equal_known_one(whole: Profile) -> None:
    """The strength to build on has the others' highest mean; of equals the one that the reviewee does not see."""
    others = numbers(listening=4.2, expertise=4.2, value=3.0)
    own = numbers(listening=4.2, expertise=3.0, value=3.0)
    assert choose(of(whole, others=others, self=own)).strength == ("expertise", "hidden_strength")
    assert choose(of(whole, others=others | {"listening": HIGH}, self=own)).strength == ("listening", "known_strength")


def test_a_low_hidden_strength_is_none_to_build_on(whole: Profile) -> None:
    """Where the others' mean is low, that one rates oneself lower still makes no strength to build on."""
    assert choose(of(whole, others=numbers(value=2.5), self=numbers(value=1.5))).strength is None


def test_what_is_printed_as_high_is_not_to_be_developed(whole: Profile) -> None:
    """A band at the scale's upper end is never among the lowest; one at the lower end is."""
    found = choose(of(whole, others={"listening": HIGH, "value": LOW, "trust": Shown(4.2, 8)}))
    assert found.develop == ("value", "trust")
    assert choose(of(whole, others={"listening": HIGH})) == Choice("others")


@pytest.mark.parametrize(
    ("means", "view", "develop"),
    [
        ({"manager": numbers(trust=4.0, value=2.0), "self": numbers(trust=1.0)}, "manager", ("value", "trust")),
        ({"self": numbers(trust=4.0, value=2.0)}, "self", ("value", "trust")),
        ({"others": {"trust": SECRET}, "self": numbers(value=2.0)}, "self", ("value",)),
        ({"others": {"trust": SECRET}}, None, ()),
        ({}, None, ()),
    ],
)
def test_without_others_the_manager_counts_and_then_oneself(
    whole: Profile, means: dict[str, dict[str, Cell]], view: str | None, develop: tuple[str, ...]
) -> None:
    """The plan rests on the first view that has anything printed, and says which; with nothing it chooses nothing."""
    found = choose(of(whole, **means))
    assert (found.view, found.develop) == (view, develop)


CELLS = st.one_of(st.just(SECRET), st.just(HIGH), st.just(LOW), st.integers(10, 50).map(lambda n: Shown(n / 10, 8)))
MEANS = st.dictionaries(st.sampled_from(COMPETENCIES), CELLS)


@given(
    others=MEANS,
    own=st.dictionaries(st.sampled_from(COMPETENCIES), st.integers(10, 50).map(lambda n: Shown(n / 10, 1))),
)
def test_nothing_hidden_is_ever_named(whole: Profile, others: dict[str, Cell], own: dict[str, Cell]) -> None:
    """Whatever is published: at most three, each printed in the view that is named, the strength never among them."""
    profile = of(whole, others=others, self=own)
    found = choose(profile)
    assert len(found.develop) <= MOST
    assert len(set(found.develop)) == len(found.develop)
    for name in found.develop:
        assert profile.shown(name, found.view or "others") is not None
        assert profile.shown(name, found.view or "others") != HIGH
    assert found.strength is None or found.strength[0] not in found.develop
    assert found.blind <= set(profile.quadrants()["blind_spot"])
    hidden = [name for name, cell in others.items() if cell == SECRET and name not in own]
    assert not set(hidden) & set(found.develop)


# ---------------------------------------------------------------- what the plan says


def in_language(profile: Profile, project: Path, language: str) -> Profile:
    context = review_360.open_person(str(project / "data" / "sample"), "r01", language).context
    return replace(profile, context=context)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Muiden näytettävistä keskiarvoista matalimpia: 3,6. Sinänsä se ei ole matala."),
        ("sv", "Ett av de lägsta av de andras medelvärden som kan visas: 3,6. I sig är det inte lågt."),
    ],
)
def test_a_low_choice_that_is_high_is_qualified_in_the_readers_language(
    whole: Profile, project: Path, language: str, said: str
) -> None:
    """That the lowest mean is not low as such is said in the language of the report."""
    profile = in_language(of(whole, others=numbers(listening=4.2, trust=4.1, value=3.6)), project, language)
    assert said in text_of(plan(profile))


def test_each_choice_has_its_reason_two_practices_and_room_to_write(whole: Profile) -> None:
    """The figures that a reason names are the printed ones."""
    profile = of(whole, others=numbers(listening=3.0, trust=4.1, value=3.6), self=numbers(listening=4.5, trust=4.0))
    text = text_of(plan(profile))
    assert "By the ratings, these would be worth developing first: active listening and creating value." in text
    assert "You rate yourself higher than the others do: you 4.5, the others 3.0." in text
    assert "Among the lowest of the others' means that can be shown: 3.6. That is not low as such." in text
    assert text.count("How often:") == 2 * 2 + 1
    assert "A strength to build on: building trust" in text
    assert "The others give you 4.1, and you see it too." in text
    for label, times in (("My goal", 2), ("The first step", 2), ("By when", 2), ("Who supports me", 2)):
        assert text.count(label) == times
    assert text.count("Date of the follow-up") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_without_anything_published(whole: Profile, project: Path, language: str) -> None:
    """With nothing to show there is still a plan to fill in, and it names no competency and no figure."""
    profile = in_language(of(whole), project, language)
    text = text_of(plan(profile))
    assert profile.context.t("My goal") in text
    assert profile.context.t("Date of the follow-up") in text
    names = [its.name.in_language(language).lower() for its in profile.context.instrument.competencies]
    assert not [name for name in names if name in text.lower()]
    assert not any(sign.isdigit() for sign in text)


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ({"manager": numbers(trust=2.5)}, "Of the others only your manager's ratings can be shown."),
        ({"self": numbers(trust=2.5)}, "No ratings by others can be shown."),
        ({"others": {"trust": HIGH}, "self": numbers(trust=4.8)}, "Everything that can be shown is a strength."),
    ],
)
def test_the_plan_says_what_it_rests_on(whole: Profile, means: dict[str, dict[str, Cell]], said: str) -> None:
    """A plan from the manager's, one's own or only good ratings says so first."""
    assert said in text_of(plan(of(whole, **means)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_practices_are_told_in_the_readers_language(whole: Profile, project: Path, language: str) -> None:
    """A reader meets the practice in the report's language."""
    profile = in_language(of(whole, others=numbers(presence=2.0)), project, language)
    text = text_of(plan(profile))
    assert {"fi": "Ruutu kiinni", "sv": "Skärmen bort", "en": "Screen away"}[language] in text


# ---------------------------------------------------------------- the talk


def test_the_guide_speaks_to_both_and_of_the_quadrants(whole: Profile) -> None:
    """Both lists name what the quadrants hold, and nothing where they hold nothing."""
    profile = of(whole, others=numbers(listening=3.0, trust=4.1), self=numbers(listening=4.5, trust=4.0))
    text = text_of(talk(profile))
    assert "You see more in yourself than the others do in: active listening." in text
    assert "Speak of this through situations, not through figures: active listening." in text
    assert "You and the others agree on a strength in: building trust." in text
    assert "The others see more in you" not in text
    bare = text_of(talk(of(whole)))
    for said in ("Do not guess or ask who said what.", "Use the report for development only", "For the manager"):
        assert said in text
        assert said in bare
    assert "active listening" not in bare


# ---------------------------------------------------------------- ethos, pathos, logos

ETHOS = ("trust_2", "trust_3", "trust_4", "trust_5")


def by_item(profile: Profile, **groups: dict[str, Cell]) -> Profile:
    return published(profile, {}, groups)


def test_an_appeals_mean_is_of_its_printed_numbers(whole: Profile) -> None:
    """Ethos is the mean of its four items as printed: (3.1 + 3.2 + 3.4 + 4.0) / 4 = 3.425, which is 3.4."""
    cells = dict(zip(ETHOS, numbers(a=3.1, b=3.2, c=3.4, d=4.0).values(), strict=True))
    profile = by_item(whole, others=cells, self=dict.fromkeys(ETHOS, Shown(4.0, 1)))
    assert items_of(profile, "ethos") == list(ETHOS)
    mean = appeal_mean(profile, "ethos", "others")
    assert mean is not None
    assert (mean.value, mean.items) == (3.4, 4)
    _, figures = appeals(profile)
    assert [(f.name, f.scope, f.estimate.value, f.estimate.n) for f in figures] == [
        ("appeal_mean", {"appeal": "ethos", "rater_group": "self"}, 4.0, 4),
        ("appeal_mean", {"appeal": "ethos", "rater_group": "others"}, 3.4, 4),
    ]


def test_halves_are_rounded_up(whole: Profile) -> None:
    """(3.2 + 3.3 + 3.2 + 3.3) / 4 = 3.25 is printed as 3.3, as all means of a 360 are."""
    cells = dict(zip(ETHOS, numbers(a=3.2, b=3.3, c=3.2, d=3.3).values(), strict=True))
    mean = appeal_mean(by_item(whole, others=cells), "ethos", "others")
    assert mean is not None
    assert mean.value == 3.3


@pytest.mark.parametrize("spoiled", [SECRET, HIGH, LOW, None])
def test_one_item_that_is_no_number_hides_the_appeal(whole: Profile, spoiled: Cell | None) -> None:
    """A hidden, banded or unanswered item of an appeal leaves a dash and no figure: the rest must not be averaged."""
    cells: dict[str, Cell] = dict.fromkeys(ETHOS, Shown(3.0, 8))
    own: dict[str, Cell] = dict.fromkeys(ETHOS, Shown(4.0, 1))
    if spoiled is None:
        del cells["trust_3"]
    else:
        cells["trust_3"] = spoiled
    profile = by_item(whole, others=cells, self=own)
    assert appeal_mean(profile, "ethos", "others") is None
    blocks, figures = appeals(profile)
    assert [figure.scope["rater_group"] for figure in figures] == ["self"]
    assert "highest in" not in str(blocks)


def test_without_any_whole_appeal_there_is_no_view(whole: Profile) -> None:
    """Nothing printed, nothing shown."""
    assert appeals(by_item(whole, others=dict.fromkeys(ETHOS, SECRET))) == ((), ())


def test_the_sentence_needs_all_three(whole: Profile) -> None:
    """The highest and the lowest appeal are named where the others' means of all three are printed, with both values."""
    asked = whole.context.instrument
    values = {"ethos": 3.9, "pathos": 3.1, "logos": 3.5}
    cells: dict[str, Cell] = {item.id: Shown(values[appeal], 8) for item in asked.items for appeal in item.appeals}
    text = text_of(competencies(by_item(whole, others=cells)))
    assert text == " "  # no competency is published, so there is no section
    section = competencies(published(whole, {"others": numbers(trust=3.9)}, {"others": cells}))
    assert "highest in reliability (ethos) (3.9) and lowest in feeling (pathos) (3.1)" in text_of(section)


@pytest.mark.parametrize("reviewee", ["r01", "r05", "r07"])
def test_the_samples_view_follows_from_its_item_table(project: Path, reviewee: str) -> None:
    """Each appeal's figure can be computed from the items' figures in the same results, and from nothing else."""
    figures = Figures(review_360.open_person(str(project / "data" / "sample"), reviewee, "en"), "person")
    asked = figures.report.context.instrument
    found = figures.named("appeal_mean")
    assert found
    for figure in found:
        its = [item.id for item in asked.items if figure.scope["appeal"] in item.appeals]
        values = [figures("item_mean", item=name, rater_group=figure.scope["rater_group"]).value for name in its]
        assert figure.estimate.value == pytest.approx(sum(values) / len(values), abs=0.0501)


# ---------------------------------------------------------------- items in the reader's language


@pytest.mark.parametrize(
    ("language", "text", "answers"),
    [
        ("fi", "Pitää lupauksensa", "Vastaukset: 1 = ei koskaan, 2 = harvoin, 3 = joskus, 4 = usein, 5 = aina."),
        ("sv", "Håller sina löften", "Svaren: 1 = aldrig, 2 = sällan, 3 = ibland, 4 = ofta, 5 = alltid."),
        ("en", "Keeps promises", "The answers: 1 = never, 2 = rarely, 3 = sometimes, 4 = often, 5 = always."),
    ],
)
def test_items_are_shown_in_the_readers_language(project: Path, language: str, text: str, answers: str) -> None:
    """The page has the item's text and the answers' labels, the figures keep the item as the data give it."""
    figures = Figures(review_360.open_person(str(project / "data" / "sample"), "r01", language), "person")
    page = text_of(figures.sections["items"])
    assert text in page
    assert answers in page
    assert "trust_2" not in page
    assert figures.has("item_mean", item="trust_2", rater_group="self")


def test_turned_items_say_so(whole: Profile) -> None:
    """A question whose answers are turned is marked, and the mark explained; without one nothing is said of it."""
    own = {"self": numbers(listening=4.0)}
    text = text_of(items(published(whole, own, {"self": {"listening_4": Shown(4.0, 1)}})))
    assert "Draws conclusions before hearing the whole matter (turned)" in text
    assert "Its figures are turned round, so that a high figure is good there too." in text
    plain = text_of(items(published(whole, own, {"self": {"listening_1": Shown(4.0, 1)}})))
    assert "Lets others finish speaking" in plain
    assert "turned" not in plain


def test_own_names_of_competencies_and_items(tmp_path: Path) -> None:
    """A client's own instrument is spoken in the reader's language, its names as they are written there."""
    from ruamel.yaml import YAML
    from test_instrument import SMALL

    rows = [
        {"reviewee_id": "r1", "rater_id": rater, "rater_group": group, "item": item, "score": 4}
        for rater, group in (("x", "self"), ("a", "peer"), ("b", "peer"), ("c", "peer"))
        for item in ("Tervehtii.", "s2")
    ]
    folder = make_engagement(tmp_path, {"review_360": {"instrument": "k.yaml"}}, {"ratings_360": rows})
    with (folder / "k.yaml").open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(SMALL, stream)
    for language, name, text in (("sv", "Service", "Hälsar"), ("fi", "Palvelu", "Tervehtii")):
        figures = Figures(review_360.open_person(str(folder), "r1", language), "person")
        assert name in text_of(figures.sections["competencies"])
        assert text in text_of(figures.sections["items"])
        assert figures.has("competency_mean", competency="service", rater_group="self")
        assert figures.has("item_mean", item="Tervehtii.", rater_group="self")
