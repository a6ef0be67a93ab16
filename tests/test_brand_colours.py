"""A brand's colours become colours that can be read: judged by formulas that are written down here anew."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.brand.colours import contrast, oklch
from kohtaamo_utils.brand.mending import mended
from kohtaamo_utils.brand.scheme import schemes
from kohtaamo_utils.brand.settings import Colours

ANY = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
# Machado, Oliveira and Fernandes (2009), table of severity 1.0: what linear RGB becomes.
BLIND = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour: str) -> np.ndarray:
    """Linear RGB by WCAG 2.2's definition of relative luminance."""
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def ratio(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2."""
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def cielab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (D65) of linear RGB: another space than the kit's own, so that both have to agree."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb.clip(0, 1)
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz / np.array([0.9505, 1.0, 1.089])]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ("#000000", "#ffffff", 21.0),  # WCAG 2.2, definition of contrast ratio
        ("#777777", "#ffffff", 4.48),  # WebAIM: the grey that just fails AA
        ("#767676", "#ffffff", 4.54),  # WebAIM: the lightest grey that passes AA
        ("#949494", "#ffffff", 3.03),  # WebAIM: the lightest grey that passes for large text
        ("#ff0000", "#ffffff", 4.00),  # WebAIM: pure red fails
        ("#0000ff", "#ffffff", 8.59),  # WebAIM: pure blue passes
    ],
)
def test_contrast_is_wcags(one, other, published):
    """The contrast of published pairs comes out as published."""
    assert contrast(one, other) == pytest.approx(published, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@given(ANY, ANY)
@settings(max_examples=80, deadline=None)
def test_contrast_agrees_with_the_formula_written_anew(one, other):
    """Any two colours have the contrast that WCAG's formula gives."""
    assert contrast(one, other) == pytest.approx(ratio(one, other), rel=1e-9)


@given(ANY, st.sampled_from(["#ffffff", "#12191d", "#fdf6e3"]), st.sampled_from([3.0, 4.5]))
@settings(max_examples=60, deadline=None)
def test_mended_colour_reaches_the_contrast_and_keeps_its_hue(colour, ground, needed):
    """A colour is mended to the contrast in its own hue, and one that has it stays as it is."""
    found = mended(colour, [ground], needed)
    assert found is not None
    assert ratio(found, ground) >= needed
    if ratio(colour, ground) >= needed:
        assert found == colour
    (_, chroma, hue), (_, its_chroma, its_hue) = oklch(colour), oklch(found)
    if chroma > 0.06 and its_chroma > 0.06:
        turned = abs(hue - its_hue) % (2 * np.pi)
        assert min(turned, 2 * np.pi - turned) < 0.12


def test_mended_colour_is_the_nearest():
    """No colour of the hue between the brand's and the mended one would do: the next lighter one fails."""
    found = mended("#ffee88", ["#ffffff"], 4.5)
    assert found is not None
    assert 4.5 <= ratio(found, "#ffffff") < 4.6


@given(ANY, ANY, st.booleans())
@settings(max_examples=30, deadline=None)
def test_every_brand_gives_pages_that_can_be_read(primary, other, second):
    """Whatever a brand's colours are, texts reach 4.5:1 on each ground they stand on, and charts 3:1, light and dark."""
    given_colours = {"primary": primary, "foreground": other, "danger": other} | (
        {"secondary": other} if second else {}
    )
    made = schemes(Colours(**given_colours))
    assert made.refusals == ()
    for page in (made.light, made.dark):
        grounds = (page.paper, page.soft, page.weak, page.good)
        assert min(ratio(text, ground) for text in (page.ink, page.muted) for ground in grounds) >= 4.5
        assert min(ratio(page.primary, ground) for ground in (page.paper, page.soft)) >= 4.5
        assert min(ratio(page.caution, ground) for ground in (page.paper, page.soft, page.weak)) >= 4.5
        assert ratio(page.on_cover, page.cover) >= 4.5
        assert ratio(page.on_primary, page.primary) >= 4.5
        assert min(ratio(one, page.paper) for one in page.series) >= 3
        assert len(page.series) == 4


@pytest.mark.parametrize(
    "primary", ["#e4002b", "#0b5d6b", "#fff3b0", "#000000", "#0033a0", "#00a651", "#ff6f00", "#7b2cbf", "#808080", "#ffffff"]
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_series_are_told_apart_in_grey_and_by_the_colour_blind(primary, scheme):
    """Two series differ by 7 steps of CIE lightness in grey, and by a distance of 10 for each kind of colour blindness."""
    found = getattr(schemes(Colours(primary=primary)), scheme).series
    for one, other in combinations(found, 2):
        grey = [cielab(np.full(3, linear(colour) @ [0.2126, 0.7152, 0.0722]))[0] for colour in (one, other)]
        assert abs(grey[0] - grey[1]) >= 7, (one, other)
        for kind, matrix in BLIND.items():
            seen = [cielab(np.array(matrix) @ linear(colour)) for colour in (one, other)]
            assert np.linalg.norm(seen[0] - seen[1]) >= 10, (kind, one, other)


def test_each_mending_is_told_with_both_ratios():
    """A pale brand is told which colour fails where, its ratio, what it needs, and what is used instead."""
    told = [str(mending.said) for mending in schemes(Colours(primary="#fff3b0")).mendings]
    assert told == [
        "`color.primary` #fff3b0 has a contrast of 1.02:1 and needs 4.5:1 for links and headings in the light page: #7c7030 is used there.",
        "`color.primary` #fff3b0 has a contrast of 1.12:1 and needs 3:1 for charts in the light page: #a19555 is used there.",
    ]


def test_good_brand_is_left_alone():
    """A colour that reaches its contrast is used as it is, and nothing is told of it."""
    made = schemes(Colours(primary={"light": "#0b5d6b", "dark": "#7cc4d0"}))
    assert (made.light.primary, made.light.series[0], made.light.cover) == ("#0b5d6b",) * 3
    assert made.dark.primary == "#7cc4d0"
    assert made.mendings == ()


def test_grey_background_is_refused():
    """On a middle grey no text can reach much contrast, so it is refused with the reason."""
    ((key, reason),) = schemes(Colours(background="#808080")).refusals
    assert key == "color.background"
    assert "5.3:1" in reason
    assert "Choose a lighter or a darker one" in reason


@pytest.mark.parametrize(
    ("primary", "secondary"),
    [
        ("#0033a0", "#703000"),  # blue and brown: far apart for every eye, the same grey
        ("#b00020", "#006b2b"),  # red and green of nearly one lightness
        ("#0033a0", "#0033a0"),
    ],
)
def test_second_colour_that_looks_like_the_first_is_not_used_in_charts(primary, secondary):
    """A secondary that nobody tells from the primary in grey print gives way to a derived one, and that is told."""
    made = schemes(Colours(primary=primary, secondary=secondary))
    assert secondary not in made.light.series[1:]
    assert any("looks like `color.primary`" in note for note in made.unused)


def test_second_colour_that_is_told_apart_is_used():
    """A secondary that differs in grey and for every eye is the second series as it is."""
    assert schemes(Colours(primary="#7a0019", secondary="#c77700")).light.series[1] == "#c77700"
