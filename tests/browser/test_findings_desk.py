"""A delegation with names in four scripts: screened when it is named, decided by keyboard, confirmed by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import steps

pytestmark = pytest.mark.browser

# As written with the request, and the number of the entry of the demo's invented list that it looks like.
DELEGATION = {
    "Polder Optics Holding": "V-002",
    "上海中苗种苗公司": "V-006",
    "كريم يوسف الحمداني": "V-004",
    "Виктор Сергеевич Орловский": "V-003",
}


def add(page: Any, case: str, name: str) -> None:
    page.goto(case)
    steps.unfold(page, "form[action$='/participants/add/'] [name=name_text]")
    form = page.locator("form[action$='/participants/add/']")
    form.locator("[name=name_text]").fill(name)
    with page.expect_navigation():
        form.locator("button[type=submit]").click()


def put_on_the_case(page: Any, case: str, colleague: str) -> None:
    page.goto(f"{case}change/")
    steps.unfold(page, "[name=team]")
    steps.choose(page, "team", colleague)
    steps.submit(page)


def findings_of(page: Any, case: str, number: int) -> list[str]:
    """The addresses of the findings that the case shows."""
    page.goto(case)
    links = page.locator("#participants .screening-standing a")
    assert links.count() == number
    return [links.nth(each).get_attribute("href") for each in range(number)]


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def in_order(page: Any) -> None:
    """What axe finds, what does not fit a narrow screen, and what the console says: nothing."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.complaints == []


def test_a_delegation_in_four_scripts_is_screened_and_decided_by_keyboard(visit: Callable[..., Any]) -> None:
    with visit(None, "en") as page:
        reference = steps.send_request(page, "A delegation in four scripts")
    with visit("coordinator", "en") as page:
        case = steps.find_case(page, reference)
        steps.take_up(page, case)
        put_on_the_case(page, case, "Bram Visser")
        for name in DELEGATION:
            add(page, case, name)
        findings = findings_of(page, case, len(DELEGATION))
        shown = page.inner_text("#participants")
        for name in DELEGATION:
            assert name in shown
        for finding, number in zip(findings, DELEGATION.values(), strict=True):
            page.goto(finding)
            assert number in page.inner_text("main")
            in_order(page)
            assert page.evaluate("document.activeElement.name") == "answer", "the keyboard stands at the verdict"
            press(page, "2")
            page.keyboard.type("Compared the register of the country.")
            with page.expect_navigation():
                press(page, "Control+Enter")
            assert page.url.rstrip("/").split("/")[-2] == "findings", "on to the next"
        page.goto(case)
        assert page.locator("#participants").inner_text().count("Waits for a second person") == len(DELEGATION)
        page.goto(f"{case}assessment/")
        assert "4" in page.locator("tr", has_text="open findings").first.inner_text()
    confirm(visit, findings)
    with visit("coordinator", "en") as page:
        page.goto(case)
        standing = page.inner_text("#participants")
        assert standing.count("Finding resolved") == len(DELEGATION)
        page.goto(f"{case}assessment/")
        assert "0" in page.locator("tr", has_text="open findings").first.inner_text()


def confirm(visit: Callable[..., Any], findings: list[str]) -> None:
    """Another person of the case confirms every verdict, by keyboard."""
    with visit("beleid", "en") as page:
        for finding in findings:
            page.goto(finding)
            assert "A second look" in page.inner_text("#verdict")
            in_order(page)
            press(page, "1")
            with page.expect_navigation():
                press(page, "Control+Enter")


@pytest.mark.parametrize(("language", "width"), [("nl", 320), ("en", 320), ("nl", 1440)])
def test_the_pages_of_the_screening_are_in_order(language: str, width: int, visit: Callable[..., Any]) -> None:
    with visit("coordinator", language, width) as page:
        for address in ("/findings/", "/findings/?state=all", "/watchlists/", "/watchlists/new/", "/findings/1/"):
            page.goto(address)
            in_order(page)
        page.goto("/watchlists/")
        page.goto(page.locator("main tbody a").first.get_attribute("href"))
        in_order(page)
        page.goto(page.locator("#editions a").first.get_attribute("href"))
        in_order(page)


def test_a_new_edition_is_handed_in_looked_at_and_brought_into_force(visit: Callable[..., Any]) -> None:
    """The worker reads it in the background; the page follows, shows what is touched, and then the screening."""
    rows = "id,name,type\nN-1,Polder Optics Holding B.V.,organisation\nN-2,Quiet Harbour Seeds,organisation\n"
    with visit("coordinator", "en") as page:
        page.goto("/watchlists/new/")
        page.fill("[name=name]", "Eigen lijst")
        page.fill("[name=slug]", f"eigen-{id(page)}")
        page.select_option("[name=publisher]", "own")
        steps.submit(page)
        page.set_input_files("[name=file]", {"name": "own.csv", "mimeType": "text/csv", "buffer": rows.encode()})
        with page.expect_navigation():
            page.locator("#hand-in button[type=submit]").click()
        page.get_by_role("button", name="Bring into force").wait_for(timeout=30_000)
        assert "Quiet Harbour Seeds" in page.inner_text("main")
        with page.expect_navigation():
            page.get_by_role("button", name="Bring into force").click()
        page.get_by_text("parties screened").wait_for(timeout=30_000)
        page.locator("progress").wait_for(state="detached", timeout=30_000)
        in_order(page)


def hand_in_with_columns_of_its_own(page: Any, slug: str) -> None:
    rows = "Firm;Seat;Why\nQuiet Harbour Seeds;Germany;Advice of the embassy\n"
    page.goto("/watchlists/new/")
    page.fill("[name=name]", "Notities")
    page.fill("[name=slug]", slug)
    page.select_option("[name=publisher]", "own")
    steps.submit(page)
    page.set_input_files("[name=file]", {"name": "notes.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    with page.expect_navigation():
        page.locator("#hand-in button[type=submit]").click()


def test_what_the_columns_of_an_own_list_hold_is_said_by_keyboard(visit: Callable[..., Any]) -> None:
    with visit("coordinator", "en", 320) as page:
        hand_in_with_columns_of_its_own(page, f"keys-{id(page)}")
        page.get_by_role("heading", name="What does each column hold?").wait_for(timeout=30_000)
        in_order(page)
        page.locator("[name=column-0]").focus()
        for typed in ("Name", "Countries", "Reason"):
            page.keyboard.type(typed)
            press(page, "Tab")
        assert page.evaluate("document.activeElement.name") == "kind"
        with page.expect_navigation():
            press(page, "Tab", "Enter")
        page.get_by_role("button", name="Bring into force").wait_for(timeout=30_000)
        assert "Quiet Harbour Seeds" in page.inner_text("main")


def test_what_the_columns_of_an_own_list_hold_is_said_without_javascript(visit: Callable[..., Any]) -> None:
    with visit("coordinator", "en", java_script_enabled=False) as page:
        hand_in_with_columns_of_its_own(page, f"plain-{id(page)}")
        reloaded_until(page, "What does each column hold?")
        page.locator("main button[type=submit]").click()
        assert "Say of one column that it holds the name." in page.inner_text("main")
        page.select_option("[name=column-0]", "name")
        page.locator("main button[type=submit]").click()
        reloaded_until(page, "New on the list")
        assert "Quiet Harbour Seeds" in page.inner_text("main")


def reloaded_until(page: Any, text: str) -> None:
    """As somebody does whose page does not follow by itself."""
    for _ in range(60):
        if text in page.inner_text("main"):
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{text!r} never came")
