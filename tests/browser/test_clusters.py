"""Farms that look for each other: from the files that bring them in to a plan with its map, as an officer walks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_findings_desk import in_order

pytestmark = pytest.mark.browser

CASE = Path(__file__).resolve().parents[2] / "demo" / "harenkarspel"
LISTS = (
    ("Farms", "farms.csv"),
    ("Parcels", "parcels.geojson"),
    ("Areas", "areas.geojson"),
    ("Offers and needs", "goods.csv"),
)
SOON = 120_000


def start(page: Any) -> str:
    page.goto("/areas/new/")
    page.fill("[name=title]", "Boeren bij elkaar")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("h1:has-text('Boeren bij elkaar')")
    return page.url


def bring_in(page: Any, initiative: str, kind: str, name: str) -> None:
    page.goto(f"{initiative}places/new/")
    page.get_by_label(kind, exact=True).check()
    page.set_input_files("[name=file]", str(CASE / name))
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("button", name="Bring in", exact=True).click(timeout=SOON)
    page.wait_for_selector("text=rows were brought in", timeout=SOON)


def make_plan(page: Any, initiative: str) -> None:
    page.goto(f"{initiative}plans/new/")
    in_order(page)
    page.fill("[name=title]", "Proefplan")
    page.get_by_label("Harenkarspel", exact=True).check()
    page.fill("[name=reach]", "1200")
    page.fill("[name=hubs]", "2")
    page.fill("[name=seconds]", "20")
    page.fill("[name=must]", "H01 - H99")
    page.get_by_role("button", name="Make the plan").click()
    page.wait_for_selector("text=There is no farm H99.")
    assert page.input_value("[name=title]") == "Proefplan"
    page.complaints.clear()  # the browser notes that the form came back (422)
    page.fill("[name=must]", "H01 - H02")
    page.get_by_role("button", name="Make the plan").click()
    page.wait_for_selector("h2:has-text('On the map')", timeout=SOON)


def test_files_become_farms_and_farms_become_a_plan(visit: Callable[..., Any]) -> None:
    with visit("beleid", language="en") as page:
        initiative = start(page)
        for kind, name in LISTS:
            bring_in(page, initiative, kind, name)
        make_plan(page, initiative)
        in_order(page)
        plan = page.url
        page.get_by_label("Swaps: as proposed").check()
        page.wait_for_selector("g.swaps line.after", state="attached")
        page.get_by_role("link", name="nearer").press("Enter")
        page.wait_for_selector("svg.z2")
        assert page.get_by_label("Swaps: as proposed").is_checked()
        page.goto(plan)
        page.locator("dl.figures a.figure").last.press("Enter")
        page.wait_for_selector("#rows >> text=More farms join")
        page.goto(plan)
        page.get_by_role("button", name="Make it again").click()
        page.wait_for_selector("text=it is the same to the last digit", timeout=SOON)
    with visit("beleid", width=390) as page:
        page.goto(plan)
        in_order(page)
        page.goto(f"{initiative}plans/")
        in_order(page)
