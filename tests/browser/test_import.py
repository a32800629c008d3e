"""A register that was kept in Excel for years comes in, through the pages that people see, and goes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_findings_desk import in_order
from tests.sheets import messy

pytestmark = pytest.mark.browser


def hand_in(page: Any) -> None:
    page.goto("/imports/new/")
    in_order(page)
    page.set_input_files("[name=file]", str(messy.FILE))
    page.fill("[name=said_by]", "Bureau buitenland")
    page.fill("[name=file_date]", "2024-12-03")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_selector("text=The sheets in this file", timeout=60_000)


def press(page: Any, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def names_in(page: Any, address: str) -> str:
    page.goto(address)
    return page.inner_text("main")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_messy_register_is_brought_in_looked_at_and_undone(visit: Callable[..., Any], width: int) -> None:
    with visit("coordinator", language="en", width=width) as page:
        hand_in(page)
        in_order(page)
        address = page.url
        page.get_by_role("link", name="netwerken", exact=True).click()
        in_order(page)
        page.goto(address)
        page.get_by_role("button", name="Show what each row does").click()
        page.wait_for_selector("#rows", timeout=60_000)
        in_order(page)
        rows = page.inner_text("#rows")
        assert "“jaren 80” is no day that can be read" in rows
        assert "“Shenzhen” is not in the register and is added." in rows
        assert page.get_by_role("button", name="Bring in", exact=True).count() == 0
        press(page, "Leave out all refused rows")
        press(page, "the one they are most like")
        page.get_by_role("button", name="Bring in", exact=True).click()
        page.wait_for_selector("text=What it brought in", timeout=60_000)
        in_order(page)
        relations = names_in(page, "/relations/")
        assert all(name in relations for name in ("Shenzhen", "Milaan", "Toronto", "Rendsburg"))
        assert "EUROCITIES" in names_in(page, "/parties/?q=eurocities")
        page.goto(f"{address}undo/")
        in_order(page)
        page.get_by_role("button", name="Undo this import").click()
        page.wait_for_selector("text=Everything that this file brought in is undone.", timeout=60_000)
        assert "Shenzhen" not in names_in(page, "/relations/")


def test_a_list_is_downloaded_as_it_is_shown(visit: Callable[..., Any]) -> None:
    with visit("beleid", language="en") as page:
        page.goto("/parties/?kind=government")
        with page.expect_download() as file:
            page.get_by_role("link", name="Excel").click()
        assert file.value.suggested_filename.startswith("organisations-")
        assert file.value.suggested_filename.endswith(".xlsx")
