"""A text in a file for a spreadsheet stays text, whatever it begins with."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.delivery.spreadsheet import csv_text
from kohtaamo_utils.presentation.spreadsheet_text import plain_text
from kohtaamo_utils.visible import visible

ACTIVE = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("sign", [*ACTIVE, "\n", " =", "  @", "\uff1d"])
def test_a_formula_gets_an_apostrophe(sign):
    """What would be computed or run is marked as text; what follows is kept. A lone carriage return is a line break."""
    assert plain_text(f"{sign}SUM(A1)") == f"'{sign}SUM(A1)".replace("\r", "\n")


@pytest.mark.parametrize("text", ["", "Turku", "5-6", "a=b", "'quoted", " Turku", "18–24"])
def test_other_text_is_left_alone(text):
    """A sign within a text does no harm and stays as it is."""
    assert plain_text(text) == text


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(
                    codec="utf-8",
                    exclude_categories=["Cc", "Cs"],
                    include_characters="\t\n\r",
                    exclude_characters="\ufffe\uffff",
                )
            ),
            min_size=2,
            max_size=2,
        )
    )
)
def test_no_cell_of_a_csv_begins_like_a_formula(rows):
    """Whatever the cells hold, unseen signs apart, a reader of the CSV gets them back, none of them able to be computed."""
    text = csv_text(["a", "b"], rows)
    back = list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert back[0] == ["a", "b"]
    assert [[cell.removeprefix("'") for cell in row] for row in back[1:]] == [
        [visible(cell).removeprefix("'") for cell in row] for row in rows
    ]
    assert not any(cell.startswith(ACTIVE) for row in back for cell in row)


def test_numbers_stay_numbers():
    """A negative number is no formula."""
    assert csv_text(["n"], [[-5]]) == '\ufeff"n"\n-5\n'
