"""The colours of the tokens can be read by everyone (WCAG 2.2: 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "src/hanze/web/static/web/css/tokens.css"
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", TOKENS.read_text()))

TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "accent") for ground in ("paper", "ground")),
    *((tone, f"{tone}-soft") for tone in ("go", "care", "stop", "unknown")),
    *((tone, "paper") for tone in ("go", "care", "stop", "unknown")),
    *(("ink-soft", f"{tone}-soft") for tone in ("go", "care", "stop", "unknown", "plain")),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("accent-deep", "accent-soft"),
    ("ink-soft", "ground-deep"),
]
SHAPES = [("edge", "paper"), ("edge", "ground"), ("focus", "paper"), ("focus", "ground"), ("accent", "line")]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(COLOURS[first]), luminance(COLOURS[second])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_of_contrast_is_right():
    COLOURS.update({"black": "#000000", "white": "#ffffff"})
    assert contrast("black", "white") == pytest.approx(21)


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(ink, ground):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_focus_stand_out_from_their_ground(shape, ground):
    assert contrast(shape, ground) >= 3
