"""Text and charts are readable in both themes, also for colour-blind people."""

import tomllib
from itertools import combinations
from math import dist

import pytest

from tests.contracts.source import ROOT

THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
TEXTS = ("textColor", "primaryColor", "linkColor", "redTextColor", "greenTextColor", "orangeTextColor", "grayTextColor")
SERIES = 6  # the colours repeat after these
# Linear RGB as seen without the red, green or blue cones: Machado, Oliveira and Fernandes 2009, severity 1.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.0520)),
    "no green": ((0.3673, 0.8607, -0.2280), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.9689)),
    "no blue": ((1.2555, -0.0767, -0.1788), (-0.0784, 0.9308, 0.1476), (0.0047, 0.6914, 0.3039)),
}
RGB_TO_XYZ = ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0177, 0.1095, 0.8728))  # for white point D65
Triple = tuple[float, ...]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_stands_out(mode: str) -> None:
    theme = THEME[mode]
    grounds = (theme["backgroundColor"], theme["secondaryBackgroundColor"])
    weak = [name for name in TEXTS for ground in grounds if _contrast(theme[name], ground) < 4.5]
    assert weak == []
    assert _contrast(theme["textColor"], grounds[0]) >= 7


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_chart_colours_stand_out(mode: str) -> None:
    ground = THEME[mode]["backgroundColor"]
    assert [colour for colour in THEME[mode]["chartCategoricalColors"] if _contrast(colour, ground) < 3] == []


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_chart_colours_differ_to_every_eye(mode: str, eye: str) -> None:
    pairs = combinations(THEME[mode]["chartCategoricalColors"][:SERIES], 2)
    alike = [pair for pair in pairs if dist(*(_lab(_times(EYES[eye], _linear(colour))) for colour in pair)) < 20]
    assert alike == []


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", ["chartCategoricalColors", "chartSequentialColors", "chartDivergingColors"])
def test_scales_have_the_ten_steps_streamlit_asks_for(mode: str, scale: str) -> None:
    assert len(THEME[mode][scale]) == 10


def _linear(colour: str) -> Triple:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def _contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast of two colours, 1 to 21."""
    low, high = sorted(_times(RGB_TO_XYZ, _linear(colour))[1] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _times(matrix: tuple[Triple, ...], colour: Triple) -> Triple:
    return tuple(min(1.0, max(0.0, sum(a * b for a, b in zip(row, colour, strict=True)))) for row in matrix)


def _lab(colour: Triple) -> Triple:
    """Return CIE L*a*b* of linear RGB, in which distance approximates perceived difference."""
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in _times(RGB_TO_XYZ, colour))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
