"""A policy officer changes a framework cell by cell, somebody else approves it, and it is in force."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from random import randrange
from typing import Any

import pytest

from tests.browser.steps import submit
from tests.web.look import findings

pytestmark = pytest.mark.browser
TODAY = date.today()
SECTOR = re.compile(r"^tables/\d+/rules/\d+/when/sector$")


def some_day() -> date:
    """A day that no other version has, on a site that was used before too."""
    return TODAY + timedelta(days=randrange(400, 200_000))


def start(page: Any, title: str, version: date | None = None) -> str:
    """Start a draft of the framework for China, to be in force from today. Returns its address."""
    page.goto("/frameworks/zh-china/2022-12-14/draft/")
    page.fill("[name=title]", title)
    page.fill("[name=why]", "The council asked for it.")
    page.fill("[name=version]", (version or some_day()).isoformat())
    page.fill("[name=in_force_from]", TODAY.isoformat())
    submit(page)
    return re.search(r"/framework-drafts/\d+/", page.url).group()  # type: ignore[union-attr]


def cell(page: Any, rule: str, fact: str) -> Any:
    """The cell of a rule on a fact."""
    row = page.locator("tr.cells", has=page.locator(f"th input[value='{rule}']"))
    return row.locator(f"input[id$='/when/{fact}']")


def said(page: Any, control: Any) -> Any:
    """What stands under a cell."""
    return page.locator(f"[id='said:{control.get_attribute('id')}']")


def kept(page: Any, then: Callable[[], Any]) -> None:
    """Do something that changes the draft, and wait until it is kept and checked."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url):
        then()
    page.wait_for_function("() => document.getElementById('state') && !document.querySelector('.htmx-request')")
    page.wait_for_timeout(150)


def test_from_draft_to_in_force(visit: Callable[..., Any]) -> None:
    version = some_day()
    with visit("beleid", "en") as page:
        draft = start(page, "High tech by name", version)
        assert findings(page) == []
        sector = cell(page, "P1-does-not-fit", "sector")
        before = sector.input_value()
        cell(page, "P1-does-not-fit", "fits_national_policy").press("End")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == sector.get_attribute("id")
        page.keyboard.type("horticultre")
        mistake = said(page, sector).locator(".mistake")
        mistake.wait_for()
        assert "no choice" in mistake.inner_text()
        assert "horticulture" in mistake.inner_text()
        assert sector.get_attribute("aria-invalid") == "true"
        assert page.locator("#state").get_attribute("data-revision") == "1", "typing keeps nothing"

        page.keyboard.press("Escape")
        assert sector.input_value() == before
        page.keyboard.press("Control+a")
        page.keyboard.type("not(in_list(high_risk_sectors), high-tech)")
        said(page, sector).locator(".reading", has_text="high tech").wait_for()
        kept(page, lambda: page.keyboard.press("Enter"))
        assert page.locator("#state .state.go").count() == 2, page.inner_text("#state")
        assert findings(page) == []

        page.goto(draft)
        page.click("a.button:has-text('Offer for approval')")
        submit(page)
        assert "offered" in page.inner_text("ol.steps").lower()
        assert page.goto(f"{draft}move/approve/").status == 404, "nobody approves what she wrote herself"
    with visit("bestuurder", "en") as page:
        page.goto(f"{draft}compare/")
        assert page.locator(".diff ins").count() >= 1
        assert findings(page) == []
        page.goto(draft)
        page.click("a.button:has-text('Approve')")
        submit(page)
        page.goto(f"/frameworks/zh-china/{version}/")
        assert "in force" in page.inner_text("dl.facts").lower()
        assert "high tech" in page.inner_text("[id='P1-does-not-fit']")
        page.goto("/frameworks/zh-china/")
        assert findings(page) == []


def test_a_mistake_that_is_kept_stands_at_its_cell_and_beside_the_table(visit: Callable[..., Any]) -> None:
    with visit("coordinator", "en") as page:
        start(page, "With a mistake")
        sector = cell(page, "P1-does-not-fit", "sector")
        sector.fill("nowhere")
        kept(page, lambda: sector.press("Enter"))
        link = page.locator("#state [data-pointer] a").first
        assert "no choice" in link.inner_text()
        page.locator("h1").click()
        link.click()
        assert page.evaluate("document.activeElement.id") == sector.get_attribute("id")
        page.reload()
        assert said(page, sector).locator(".mistake").count() == 1

        page.click("#undo button")
        page.wait_for_load_state()
        assert "high_risk_sectors" in sector.input_value()
        page.click("#redo button")
        page.wait_for_load_state()
        assert sector.input_value() == "nowhere"


def test_two_who_edit_one_cell_lose_nothing(visit: Callable[..., Any]) -> None:
    with visit("coordinator", "en") as one, visit("beleid", "en") as other:
        draft = start(one, "By two")
        other.goto(f"{draft}edit/tables/")
        hers = cell(one, "P1-does-not-fit", "sector")
        hers.fill("culture")
        kept(one, lambda: hers.press("Enter"))
        mine = cell(other, "P1-does-not-fit", "sector")
        mine.fill("water")
        mine.press("Enter")
        conflict = other.locator("#conflict")
        conflict.locator("textarea").wait_for()
        assert "Noor" in conflict.inner_text()
        assert "culture" in conflict.inner_text()
        assert conflict.locator("textarea").input_value() == "water"
        with other.expect_navigation():
            conflict.locator("button").click()
        assert cell(other, "P1-does-not-fit", "sector").input_value() == "water"


def test_the_editor_works_without_javascript(visit: Callable[..., Any]) -> None:
    with visit("coordinator", "en", java_script_enabled=False) as page:
        start(page, "Without script")
        cell(page, "P1-does-not-fit", "sector").fill("nowhere")
        with page.expect_navigation():
            page.click("#editor .save button")
        assert "no choice" in said(page, cell(page, "P1-does-not-fit", "sector")).inner_text()
        with page.expect_navigation():
            page.click("button[value='add:tables/0/rules']")
        assert page.locator("[id='tables/0'] tr.cells").count() == 3


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_the_editor_fits_a_phone_and_passes_axe(language: str, visit: Callable[..., Any]) -> None:
    with visit("coordinator", language, width=320) as page:
        draft = start(page, "On a phone")
        for section in ("tables", "facts", "lists", "measures", "sources", "head", "scenarios", "source"):
            page.goto(f"{draft}edit/{section}/")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, section
            assert findings(page) == [], section
        for address in ("", "read/", "compare/", "move/withdraw/", "move/offer/"):
            page.goto(f"{draft}{address}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
            assert findings(page) == [], address
        assert page.complaints == []


def test_what_would_change_follows_what_is_typed(visit: Callable[..., Any]) -> None:
    with visit("coordinator", "en") as page:
        start(page, "What if")
        counted = page.locator("#replay .replayed")
        counted.filter(has_text="keep their advice").wait_for()
        sector = cell(page, "E1-list", "sector")
        sector.press("Control+a")
        page.keyboard.type("horticulture, maritime, water")
        counted.filter(has_text="would get another advice").wait_for()
        assert "not kept yet" in page.inner_text("#replay")
        assert page.locator("#state").get_attribute("data-revision") == "1", "a what-if keeps nothing"
        page.locator("#replay .changed-cases summary").first.click()
        verdicts = page.locator("#replay details[open] .verdict")
        assert "E1-list" not in verdicts.nth(0).inner_text()
        assert "E1-list" in verdicts.nth(1).inner_text()
        assert findings(page) == []

        page.click("#replay .trying-out summary")
        page.click("#making-up button")
        counted.filter(has_text="made-up cases would get another advice").wait_for()
        assert "These cases are made up" in page.inner_text("#replay")
        page.locator("#replay .changed-cases summary").first.click()
        assert page.locator("#replay details[open] .made-up dt").count() > 5
        assert findings(page) == []
        page.click("#replay a:has-text('Show all')")
        assert page.locator("table.crosstab strong").count() >= 1
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert findings(page) == []
        assert page.complaints == []
