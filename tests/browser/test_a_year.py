"""A request from intake to a line in the evaluation, in the browser, in both languages, as four different people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
TODAY = date.today()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_request_travels_from_the_public_form_to_the_evaluation(language: str, visit: Callable[..., Any]) -> None:
    title = {"nl": "Kennisbezoek over zaadteelt", "en": "Knowledge visit on seed growing"}[language]
    with visit(None, language) as page:
        reference = send_request(page, title)
    with visit("coordinator", language) as page:
        case = take_up(page, reference)
        record_position_of_the_state(page, case)
        answer_every_question(page, case)
        present(page, case)
    with visit("bestuurder", language) as page:
        decide_as_advised(page, case)
    with visit("coordinator", language) as page:
        carry_out(page, case)
        assert figure_after_evaluating(page, title) >= 1


def send_request(page: Any, title: str) -> str:
    page.goto("/request/")
    page.fill("[name=asked_by_text]", "Seed Institute of Kunming")
    page.fill("[name=contact_name]", "Wang Min")
    page.fill("[name=contact_email]", "wang@institute.example")
    choose(page, "country", "China")
    page.select_option("[name=kind]", "incoming-visit")
    page.fill("[name=title]", title)
    page.fill("[name=description]", "Six researchers would like to see how seed companies work.")
    page.select_option("[name=sector]", "horticulture")
    page.fill("[name=participants]", "Seed Institute of Kunming")
    # The form refuses what no person could have filled in so quickly.
    page.wait_for_timeout(4000)
    submit(page)
    return re.search(r"\d{4}-\d{3,}", page.inner_text("main")).group()


def take_up(page: Any, reference: str) -> str:
    """Find the request, make it one's own with the demand behind it, and screen who takes part."""
    page.goto(f"/search/?q={reference}")
    page.click("main .results a >> nth=0")
    case = re.search(r"/requests/\d+/", page.url).group()
    page.goto(f"{case}change/")
    choose(page, "demand_from", "Tuinbouwkoepel")
    page.select_option("[name=responsible]", label="Noor de Wit")
    submit(page)
    for form in range(page.locator("form[action*='/screening/']").count()):
        screening = page.locator("form[action*='/screening/']").nth(form)
        screening.evaluate(
            "form => { for (let e = form; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true }"
        )
        screening.locator("select").select_option("clear")
        screening.locator("button[type=submit]").click()
        page.wait_for_load_state("networkidle")
    return case


def record_position_of_the_state(page: Any, case: str) -> None:
    page.goto(f"/contacts/new/?request={case.split('/')[2]}")
    page.fill("[name=held_on]", TODAY.isoformat())
    page.select_option("[name=counterpart]", "ministry")
    choose(page, "organisation", "Ministerie van Buitenlandse Zaken")
    page.fill("[name=subject]", "Knowledge visit")
    page.select_option("[name=fits_national_policy]", "true")
    submit(page)


def answer_every_question(page: Any, case: str) -> None:
    """Answer what the framework asks; the advice moves on the same page, without loading it anew."""
    page.goto(f"{case}assessment/")
    yes = {"within_remit", "demand_from_region", "integral_possible", "fits_national_policy"}
    before = page.inner_text("#advice")
    for number in range(20):
        questions = page.locator("form[action*='/answers/']")
        actions = questions.evaluate_all("forms => forms.map(form => form.getAttribute('action'))")
        open_ones = [
            action for action in actions if page.locator(f"form[action='{action}'] input[value='']:checked").count()
        ]
        if not open_ones:
            break
        fact = open_ones[0].rstrip("/").split("/")[-1]
        wanted = page.locator(f"form[action='{open_ones[0]}'] input[value='{'yes' if fact in yes else 'no'}']")
        with page.expect_response(lambda response: "/answers/" in response.url):
            wanted.check()
        page.wait_for_load_state("networkidle")
        if number == 0:
            # The first answer takes the request into assessment, which changes the whole page; the others do not.
            page.evaluate("window.loadedOnce = true")
    else:
        pytest.fail("There is no end to the questions.")
    assert page.inner_text("#advice") != before
    assert page.evaluate("window.loadedOnce") is True


def present(page: Any, case: str) -> None:
    page.goto(f"{case}assessment/present/")
    submit(page)


def decide_as_advised(page: Any, case: str) -> None:
    page.goto(f"{case}decision/")
    page.check("[name=outcome][value=take-up-with-measures]")
    submit(page)
    # What is decided is final: the next page shows what follows from it and asks once more.
    page.click("main button[name=confirmed]")
    page.goto(case)
    assert page.locator(".state", has_text=re.compile("Opgepakt|Taken up")).count()


def carry_out(page: Any, case: str) -> None:
    page.goto(f"/missions/new/?request={case.split('/')[2]}")
    page.fill("[name=starts_on]", TODAY.isoformat())
    page.fill("[name=ends_on]", TODAY.isoformat())
    submit(page)
    activity = re.search(r"/missions/\d+/", page.url).group()
    page.goto(f"{activity}participants/add/")
    choose(page, "organisation", "Veredelaar 06")
    submit(page)
    page.goto(f"{activity}step/hold/")
    submit(page)
    page.goto(f"{activity}step/close/")
    submit(page)
    assert page.locator(".utrecht-alert--error, .errors, [role=alert]").count(), "closing with open measures is refused"
    while True:
        page.goto(activity)
        settling = page.locator("a[href*='/settle/'], a[href*='/done/']")
        if not settling.count():
            break
        page.goto(settling.first.get_attribute("href"))
        page.fill("[name=evidence]", "Done, as the report of the visit shows.")
        submit(page)
    page.goto(f"{activity}step/close/")
    submit(page)
    assert page.locator(".steps [aria-current]").inner_text().split("\n")[0] in {"Gesloten", "Closed"}


def figure_after_evaluating(page: Any, title: str) -> int:
    """Evaluate this year for the country; the delegation stands behind the figure. Returns the figure."""
    page.goto("/evaluation/new/")
    page.fill("[name=period_start]", f"{TODAY.year}-01-01")
    page.fill("[name=period_end]", f"{TODAY.year}-12-31")
    choose(page, "country", "China")
    page.fill("[name=title_nl]", f"China: {title}")
    submit(page)
    evaluation = re.search(r"/evaluation/\d+/", page.url).group()
    page.goto(f"{evaluation}figures/incoming_delegations/")
    assert title in page.inner_text("main")
    return int(re.search(r"\d+", page.inner_text(".rows h2")).group())


def choose(page: Any, name: str, text: str) -> None:
    """Choose an option of a combobox by typing, as with the keyboard."""
    box = page.locator(
        f"select[name={name}] ~ * [role=combobox], .combobox:has(select[name={name}]) [role=combobox]"
    ).first
    box.fill(text)
    page.locator("[role=option]:visible", has_text=text).first.click()


def submit(page: Any) -> None:
    page.locator("main form button[type=submit].button").last.click()
    page.wait_for_load_state("networkidle")
