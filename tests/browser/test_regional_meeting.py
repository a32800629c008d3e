"""From what farmers ask to what they answer: conditions, the ranking, a conclusion and the regional meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import steps
from tests.browser.test_clusters import start
from tests.browser.test_findings_desk import in_order

pytestmark = pytest.mark.browser


def sent(page: Any, address: str, **values: str) -> None:
    """Fill in the form at an address and send it."""
    page.goto(address)
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    steps.submit(page)
    assert not page.url.endswith("/new/"), page.inner_text("main")


def weigh_conditions(page: Any, initiative: str) -> None:
    for label in ("Trust between farmers", "Enough land"):
        sent(page, f"{initiative}conditions/new/", label=label)
    sent(page, f"{initiative}advisers/new/", name="Chair of the advisory group")
    page.get_by_role("link", name="Give points").click()
    for label, points in (("Trust between farmers", "3"), ("Enough land", "1")):
        page.get_by_label(label).fill(points)
    steps.submit(page)
    page.wait_for_selector("h2:has-text('What weighs most')")


def rank_areas(page: Any, initiative: str) -> None:
    sent(page, f"{initiative}criteria/new/", label="Soil", weight_low="1", weight_mode="1", weight_high="1")
    for code, name in (("n", "North"), ("s", "South")):
        sent(page, f"{initiative}candidates/new/", code=code, name=name)
    for name, value in (("North", "5"), ("South", "9")):
        page.goto(f"{initiative}ranking/")
        page.locator("main li", has_text=name).get_by_role("link", name="What is known").click()
        for part in ("low", "mode", "high"):
            page.fill(f"[name^={part}-]", value)
        steps.submit(page)
    page.wait_for_selector("h2:has-text('Which area suits best')")


def conclude(page: Any, area: str) -> None:
    page.get_by_role("link", name="Draw a conclusion").click()
    page.get_by_label(area).check()
    page.fill("[name=because]", "The soil is better and farmers ask for it.")
    in_order(page)
    steps.submit(page)
    assert page.inner_text(".advice .outcome") == area


def meet(page: Any, initiative: str) -> None:
    sent(page, f"{initiative}parties/new/", name="Sun Farm")
    sent(page, f"{initiative}meetings/new/", title="Evening in the village", on=steps.TODAY.isoformat())
    page.get_by_role("link", name="Record the answers").click()
    page.get_by_label("Was there").check()
    page.locator("[name^=answer-]").select_option("conditional")
    steps.submit(page)
    page.wait_for_selector("text=Say on what conditions")
    page.complaints.clear()  # the browser notes that the form came back (422)
    page.fill("[name^=said-]", "If the price is fair")
    in_order(page)
    steps.submit(page)
    page.wait_for_selector("td:has-text('If the price is fair')")


def exported(page: Any, name: str) -> str:
    """The file that a page gives."""
    with page.expect_download() as given:
        page.get_by_role("link", name=name, exact=True).last.click()
    return given.value.suggested_filename


def test_conditions_lead_to_a_ranking_a_conclusion_and_answers_at_a_meeting(visit: Callable[..., Any]) -> None:
    with visit("beleid", language="en") as page:
        initiative = start(page)
        weigh_conditions(page, initiative)
        in_order(page)
        assert exported(page, "CSV").startswith("conditions-")
        rank_areas(page, initiative)
        in_order(page)
        conclude(page, "South")
        in_order(page)
        meet(page, initiative)
        in_order(page)
        assert exported(page, "Excel").endswith(".xlsx")
        meeting = page.url
    with visit("beleid", width=390) as page:
        for address in (f"{initiative}conditions/", f"{initiative}ranking/", meeting):
            page.goto(address)
            in_order(page)
