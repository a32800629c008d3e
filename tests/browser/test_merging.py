"""Two records of one party become one and two again, as somebody does it in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
NAME = "Proefbedrijf Kanaalzone"
FACT = "https://kanaalzone.example"


def _add(page: Any, name: str, website: str = "") -> str:
    page.goto("/parties/new/")
    page.fill("#id_name", name)
    page.select_option("#id_kind", "business")
    page.fill("#id_website", website)
    page.locator("main form button[type=submit]").last.click()
    if page.url.endswith("/new/"):
        # It is like one that is there, and is added all the same.
        page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/parties/\d+/$"))
    return page.url


def test_a_likely_duplicate_is_merged_from_the_list_and_parted_again(visit: Callable[..., Any]) -> None:
    with visit("coordinator") as page:
        kept, gone = _add(page, NAME), _add(page, f"{NAME} B.V.", FACT)
        page.goto("/parties/")
        page.get_by_role("link", name="Waarschijnlijk dubbel").click()
        row = page.locator("#list tbody tr", has_text=NAME)
        assert row.count() == 1
        row.get_by_role("link", name=re.compile("Vergelijken")).click()
        page.locator("input[type=radio][value=gone]").last.check()
        page.fill("[name=reason]", "Hetzelfde bedrijf")
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(kept)
        assert FACT in page.content()
        page.goto(gone)
        assert page.url == kept
        page.goto("/parties/alike/")
        assert page.locator("#list tbody tr", has_text=NAME).count() == 0
        page.goto(kept)
        page.locator("a[href*='/merges/']").first.click()
        page.locator("a[href$='/undo/']").click()
        page.fill("[name=because]", "Toch twee bedrijven")
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(re.compile(r"/merges/\d+/$"))
        page.goto(gone)
        assert page.url == gone
        assert FACT in page.content()
        page.goto(kept)
        assert FACT not in page.content()
        assert page.complaints == []
