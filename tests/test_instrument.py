"""The 360's instrument and practices: the kit's own are whole, and a client's file is checked with its places."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from engagements import make_engagement
from ruamel.yaml import YAML

from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.instrument import APPEALS, practices_of, problems_with, questions_of
from kohtaamo_utils.instrument.practices import TO_DEVELOP
from kohtaamo_utils.instrument.questionnaire import folded
from kohtaamo_utils.instrument.reading import bundled_practices, bundled_questions
from kohtaamo_utils.intake.values.scale_words import known_scales
from kohtaamo_utils.intake.values.vocabulary import is_no_answer
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.reports.catalogue import COMPETENCY_LABELS
from kohtaamo_utils.tables import COMPETENCIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ASKED = bundled_questions()
PRACTICES = bundled_practices()
LANGUAGES = ("fi", "sv", "en")
SMALL: dict[str, Any] = {
    "version": "1",
    "dated": "2026-01-01",
    "author": "Testi Oy",
    "scale": {"low": 1, "high": 5, "labels": {n: {"fi": f"{n}", "sv": f"{n}", "en": f"{n}"} for n in range(1, 6)}},
    "not_observed": {"fi": "Ei näy", "sv": "Syns inte", "en": "Out of sight"},
    "competencies": [
        {
            "id": "service",
            "name": {"fi": "Palvelu", "sv": "Service", "en": "Serving"},
            "items": [
                {"id": "s1", "text": {"fi": "Tervehtii.", "sv": "Hälsar.", "en": "Greets."}, "appeals": ["pathos"]},
                {"id": "s2", "text": {"fi": "Myöhästyy.", "sv": "Kommer sent.", "en": "Is late."}, "reverse": True},
            ],
        }
    ],
}


def own(folder: Path, content: object, **review: object) -> Path:
    """Return an engagement whose instrument is this content."""
    made = make_engagement(folder, {"review_360": {"instrument": "kysymykset.yaml", **review}}, {})
    with (made / "kysymykset.yaml").open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(content, stream)
    return made


# ---------------------------------------------------------------- the kit's own


def test_competencies_are_the_kits_with_their_names() -> None:
    """The instrument has the five elements, presence, empathy and leading, called as everywhere else in each language."""
    assert tuple(competency.id for competency in ASKED.competencies) == COMPETENCIES
    for competency in ASKED.competencies:
        names = tuple(Wording(language)(COMPETENCY_LABELS[competency.id]) for language in LANGUAGES)
        assert competency.name.each == names


def test_each_competency_has_four_to_six_items_with_stable_ids() -> None:
    """Ids are the competency's with a number from 1 on, so that they outlive a change of words."""
    for competency in ASKED.competencies:
        assert 4 <= len(competency.items) <= 6
        assert [item.id for item in competency.items] == [
            f"{competency.id}_{number}" for number in range(1, len(competency.items) + 1)
        ]
    assert [its.id for its in ASKED.competencies if its.asked_of == "leaders"] == ["leading"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_are_short_sentences_about_somebody(language: str) -> None:
    """A text is one sentence of at most a dozen words, without "I", "you" or a slash, in no two items the same."""
    texts = [item.text.in_language(language) for item in ASKED.items]
    assert len(set(map(folded, texts))) == len(texts)
    first_words = {"minä", "sinä", "hän", "jag", "du", "hen", "i", "you", "he", "she"}
    for text in texts:
        assert text.endswith(".")
        assert text.count(".") == 1
        assert len(text.split()) <= 12
        assert not first_words & set(text.lower().rstrip(".").split()), text
        assert "/" not in text


def test_trust_is_shown_in_four_ways() -> None:
    """Trust covers active listening, keeping promises, openness and consistency."""
    texts = " ".join(item.text.fi for item in ASKED.by_id("trust").items)
    for word in ("Kuuntelee", "Pitää lupauksensa", "avoimesti", "johdonmukaisesti"):
        assert word in texts


def test_one_or_two_items_are_reversed_and_each_appeal_is_there() -> None:
    """One item or two ask of unwelcome behaviour; ethos, pathos and logos have items of more than one kind of use."""
    assert 1 <= sum(item.reverse for item in ASKED.items) <= 2
    counts = Counter(appeal for item in ASKED.items for appeal in item.appeals)
    assert set(counts) == set(APPEALS)
    assert min(counts.values()) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_scale_and_its_not_observed_are_read_by_intake(language: str) -> None:
    """An export in the instrument's own words is understood: its labels are a known scale, "not observed" no answer."""
    words = {ASKED.scale.labels[number].in_language(language).lower(): number for number in range(1, 6)}
    assert any(words.items() <= scale.items() for scale in known_scales(1, 5))
    assert is_no_answer(ASKED.not_observed.in_language(language))


@pytest.mark.parametrize("place", ["blind_spot", "known_development_area", "known_strength", "hidden_strength"])
def test_every_competency_has_practices_for_every_place(place: str) -> None:
    """A plan finds two practices for whatever is to be developed, and one for whatever is a strength."""
    for competency in COMPETENCIES:
        found = PRACTICES.suggested(competency, place, 2, frozenset())
        assert len(found) >= (2 if place in TO_DEVELOP else 1)
        assert len(set(found)) == len(found)


def test_practices_are_of_all_kinds_and_of_known_competencies() -> None:
    """Coaching, mentoring, shadowing, role play, Case Clinic, feedback and meetings are all there."""
    assert {its.kind for its in PRACTICES.practices} >= {
        "coaching", "mentoring", "shadowing", "role_play", "case_clinic", "feedback", "meeting",
    }  # fmt: skip
    assert {name for its in PRACTICES.practices for name in its.competencies} == set(COMPETENCIES)
    for its in PRACTICES.practices:
        for text in (its.what, its.how_often, its.sign):
            assert all(said.endswith(".") for said in text.each), its.id


def test_an_already_suggested_practice_goes_last() -> None:
    """Two competencies are not given the same practice while there is another."""
    first = PRACTICES.suggested("trust", "blind_spot", 2, frozenset())
    again = PRACTICES.suggested("listening", "blind_spot", 2, frozenset(its.id for its in first))
    assert not {its.id for its in first} & {its.id for its in again}


# ---------------------------------------------------------------- looking items up


@pytest.mark.parametrize("item", ASKED.items, ids=lambda item: item.id)
def test_an_item_is_found_by_id_and_by_text_in_each_language(item: Any) -> None:
    """Case, blanks and a final dot make no difference."""
    for name in (item.id, item.id.upper(), *item.text.each):
        for spelled in (name, f"  {name.upper()} ", name.rstrip("."), name.replace(" ", "  ")):
            assert ASKED.item(spelled) == item


def test_what_is_not_asked_is_not_found() -> None:
    """An item in other words is another item."""
    assert ASKED.item("Pitää kaikki lupauksensa") is None
    assert ASKED.nearest("Pitää kaikki lupauksensa")[0] == "Pitää lupauksensa."
    assert ASKED.competency("Luottamuksen rakentaminen").id == "trust"
    assert ASKED.competency("LUOTTAMUS") is None


# ---------------------------------------------------------------- a client's own


def test_own_instrument_is_read(tmp_path: Path) -> None:
    """The file that the settings name is used, whole, in place of the kit's."""
    asked = questions_of(load(own(tmp_path, SMALL)))
    assert [item.id for item in asked.items] == ["s1", "s2"]
    assert asked.item("kommer SENT").reverse
    assert asked.item("listening_1") is None


def _without_swedish(content: dict[str, Any]) -> None:
    del content["competencies"][0]["items"][1]["text"]["sv"]


def _tag(content: dict[str, Any]) -> None:
    content["competencies"][0]["items"][0]["appeals"] = ["mythos"]


def _empty(content: dict[str, Any]) -> None:
    content["competencies"][0]["items"] = []


def _same_id(content: dict[str, Any]) -> None:
    content["competencies"][0]["items"][1]["id"] = "s1"


def _same_text(content: dict[str, Any]) -> None:
    content["competencies"][0]["items"][1]["text"]["en"] = "GREETS"


def _unknown_key(content: dict[str, Any]) -> None:
    content["competencies"][0]["items"][0]["reversed"] = True


def _odd_id(content: dict[str, Any]) -> None:
    content["competencies"][0]["items"][0]["id"] = "s 1"


def _no_label(content: dict[str, Any]) -> None:
    del content["scale"]["labels"][3]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_swedish, "The key `competencies.0.items.1.text.sv` is missing."),
        (_tag, 'key "competencies.0.items.0.appeals.0", value "mythos": This should be ethos, pathos or logos.'),
        (_empty, 'key "competencies.0.items": At least 1 value is needed here.'),
        (_same_id, "Each id, text and name stands once, but these stand in several places: s1."),
        (_same_text, "Each id, text and name stands once, but these stand in several places: greets."),
        (_unknown_key, "The key `reversed` under `competencies.items` is not known."),
        (_unknown_key, "Did you mean `reverse`?"),
        (_odd_id, "This should be an id of letters, digits, `_`, `-` and `.`, without blanks."),
        (_no_label, "The scale needs a label for each number from 1 to 5."),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, change: Callable[[Any], None], said: str) -> None:
    """An error of the client's instrument names the file, the line and what would be right."""
    content = deepcopy(SMALL)
    change(content)
    with pytest.raises(SettingsError) as error:
        questions_of(load(own(tmp_path, content)))
    assert said in str(error.value)
    assert "kysymykset.yaml" in str(error.value)
    rows = [problem.row for problem in error.value.problems]
    assert all(row is not None for row in rows) or change in (_same_id, _same_text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The settings' key is named where its file is missing."""
    folder = make_engagement(tmp_path, {"review_360": {"instrument": "puuttuu.yaml"}}, {})
    (problem,) = problems_with(load(folder))
    assert str(problem) == (
        'engagement.yaml, key "review_360.instrument", value "puuttuu.yaml": There is no such file in the engagement '
        "folder. Correct the name, or leave the key out: the kit's own is then used."
    )


def test_a_file_that_is_not_yaml(tmp_path: Path) -> None:
    """A slip in the YAML is told with its line."""
    folder = make_engagement(tmp_path, {"review_360": {"instrument": "k.yaml"}}, {})
    (folder / "k.yaml").write_text("version: '1'\nscale: [1, 5\ncompetencies: []\n", encoding="utf-8")
    (problem,) = problems_with(load(folder))
    assert (problem.file, problem.kind, problem.row) == ("k.yaml", "yaml", 3)


def test_scale_of_the_instrument_and_of_the_settings_agree(tmp_path: Path) -> None:
    """An instrument on another scale than the settings say is refused, with the setting that would do."""
    content = deepcopy(SMALL)
    content["scale"] = {"low": 1, "high": 2, "labels": {n: {"fi": "a", "sv": "b", "en": "c"} for n in (1, 2)}}
    with pytest.raises(
        SettingsError, match=r"scale is \[1, 2\], but `review_360.scale` is \[1, 5\]. Set `review_360: "
    ):
        questions_of(load(own(tmp_path / "a", content)))
    assert questions_of(load(own(tmp_path / "b", content, scale=[1, 2]))).scale.high == 2


PRACTICE = {
    "id": "list_of_promises", "kind": "meeting", "competencies": ["trust"], "effort": 3,
    **{key: {"fi": "a.", "sv": "b.", "en": "c."} for key in ("name", "what", "how_often", "sign")},
}  # fmt: skip


def _practices(folder: Path, *entries: dict[str, Any]) -> Path:
    made = make_engagement(folder, {"review_360": {"practices": "keinot.yaml"}}, {})
    with (made / "keinot.yaml").open("w", encoding="utf-8") as stream:
        head = {"version": 1, "dated": "2026-01-01", "author": "x"}
        YAML(typ="safe").dump({**head, "practices": list(entries)}, stream)
    return made


def test_own_practices_replace_and_add(tmp_path: Path) -> None:
    """One of the same id takes the other's place, a new one stands first, the rest stay."""
    found = practices_of(load(_practices(tmp_path, PRACTICE, {**PRACTICE, "id": "new"}))).practices
    assert [its.id for its in found] == ["new", *(its.id for its in PRACTICES.practices)]
    assert next(its for its in found if its.id == "list_of_promises").effort == 3


def test_a_practice_for_an_unknown_competency(tmp_path: Path) -> None:
    """The practice and the nearest competency are named."""
    (problem,) = problems_with(load(_practices(tmp_path, {**PRACTICE, "competencies": ["trusty"]})))
    assert 'The practice "list_of_promises" is for the competency "trusty"' in str(problem)
    assert str(problem).endswith("Did you mean trust?")
