"""What every template of the product keeps to, whoever wrote it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/hanze"
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.html"))
STYLESHEETS = sorted((SOURCE / "web/static/web").rglob("*.css"))

FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "a style element": re.compile(r"<style", re.I),
    "htmx that needs eval": re.compile(r"hx-on|hx-(?:vals|headers)\s*=\s*['\"]js:", re.I),
    "something from elsewhere": re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", re.I),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_holds_nothing_that_the_csp_forbids(template):
    text = template.read_text()
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_the_stylesheets_together_stay_small():
    assert sum(len(gzip.compress(sheet.read_bytes())) for sheet in STYLESHEETS) < 22_000


def test_no_stylesheet_asks_for_anything_from_elsewhere():
    for sheet in STYLESHEETS:
        assert not re.search(r"url\(\s*[\"']?(?:https?:|//|data:)", sheet.read_text()), sheet.name
