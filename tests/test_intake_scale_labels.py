"""What a heading or the words beside numbers say of a score's scale: which end is best, which is no answer, how long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from intake_support import CUSTOMERS, engagement, problems, put

from kohtaamo_utils.intake import read
from kohtaamo_utils.intake.stated_scale import stated_scales

if TYPE_CHECKING:
    from pathlib import Path


def column(*answers: str, name: str = "csat") -> str:
    """Return a file of one quoted column."""
    return "\n".join([name, *(f'"{answer}"' for answer in answers)]) + "\n"


@pytest.mark.parametrize(
    ("heading", "canonical", "advice"),
    [
        ("Tyytyväisyys (1=erittäin tyytyväinen, 5=erittäin tyytymätön)", "csat", "reverse: [csat]"),
        ("Tulin kuulluksi (1 = täysin samaa mieltä ... 5 = täysin eri mieltä)", "heard", "reverse: [heard]"),
        ("How easy? (1 = very easy; 7 = very difficult)", "ces", "reverse: [ces]"),
        ("Hur nöjd är du? 1 mycket nöjd, 5 mycket missnöjd", "csat", "reverse: [csat]"),
    ],
)
def test_falling_scale_in_the_heading(tmp_path: Path, heading: str, canonical: str, advice: str) -> None:
    """A heading that gives the best answer the least number is heard as words beside the numbers are."""
    text = column("1", "2", "2", name=f'"{heading}"')
    (problem,) = problems(tmp_path, text, columns={canonical: heading}, constants=CUSTOMERS)
    assert problem.kind == "falling_scale"
    assert f"Add `{advice}`" in problem.advice
    assert not problems(tmp_path, text, columns={canonical: heading}, constants=CUSTOMERS, reverse=[canonical])


@pytest.mark.parametrize(
    "answers",
    [
        ("3 = Jokseenkin samaa mieltä", "4 = Täysin samaa mieltä"),
        ("1 - Täysin samaa mieltä", "4 - Täysin eri mieltä"),
        ("1 - Täysin samaa mieltä", "2 - Jokseenkin samaa mieltä", "4 - Täysin eri mieltä"),
    ],
)
def test_words_of_a_scale_of_another_length(tmp_path: Path, answers: tuple[str, ...]) -> None:
    """A number whose word is another number on the column's scale is refused: the question had fewer answers."""
    (problem,) = problems(tmp_path, column(*answers), constants=CUSTOMERS)
    assert problem.kind == "other_scale"
    assert "the question was asked on another scale." in problem.message


def test_a_whole_scale_in_its_own_words(tmp_path: Path) -> None:
    """Where each number from the lowest to the highest has its word, the steps between the ends may have other names."""
    answers = ["1 Erittäin huono", "2 Huono", "3 Hyvä", "4 Erittäin hyvä", "5 Erinomainen"]
    found = read(
        engagement(tmp_path, {"survey": {"file": put(tmp_path, "data.csv", column(*answers)), "constants": CUSTOMERS}})
    )
    assert found.tables["survey"]["csat"].tolist() == [1, 2, 3, 4, 5]


def test_no_answer_in_the_heading(tmp_path: Path) -> None:
    """A number that the heading calls "cannot say" is no answer, though it lies within the scale."""
    heading = "Kohtelu (1 = täysin eri mieltä, 5 = täysin samaa mieltä, 3 = en osaa sanoa)"
    text = column("1", "4", "3", name=f'"{heading}"')
    source = {"file": put(tmp_path, "data.csv", text), "columns": {"heard": heading}, "constants": CUSTOMERS}
    found = read(engagement(tmp_path, {"survey": source}))
    assert found.tables["survey"]["heard"].dropna().tolist() == [1, 4]
    assert [entry.value for entry in found.log.of("survey", "inferred") if entry.rule == "no_answer"] == ["3"]


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("On a scale from 1 to 10, how likely are you to recommend us?", (1, 10)),
        ("på en skala från 1 till 7", (1, 7)),
        ("asteikolla yhdestä kymmeneen", (1, 10)),
        ("Kouluarvosana 4–10", (4, 10)),
        ("(1=not at all, 7=completely)", (1, 7)),
        ("(1 = huono, 5 = hyvä, 6 = en osaa sanoa)", (1, 5)),
    ],
)
def test_scale_in_words(heading: str, scale: tuple[int, int]) -> None:
    """A heading tells its scale by a range, in words, or by what its ends stand for."""
    assert stated_scales(heading) == {scale}
