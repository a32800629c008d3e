"""What people do in the browser with a case, one step a function, each through the pages they see.

Every step works with and without JavaScript, in both languages and at any width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from hanze.casework.spam import FASTEST_SECONDS

TODAY = date.today()
VISITOR = "Seed Institute of Kunming"
# The facts that speak for a request; all others speak against it.
YES = {"within_remit", "demand_from_region", "integral_possible", "fits_national_policy"}


def send_request(page: Any, title: str) -> str:
    """Send a request through the public form. Returns its reference."""
    page.goto("/request/")
    page.fill("[name=asked_by_text]", VISITOR)
    page.fill("[name=contact_name]", "Wang Min")
    page.fill("[name=contact_email]", "wang@institute.example")
    choose(page, "country", "China")
    page.select_option("[name=kind]", "incoming-visit")
    page.fill("[name=title]", title)
    page.fill("[name=description]", "Six researchers would like to see how seed companies work.")
    page.select_option("[name=sector]", "horticulture")
    page.fill("[name=participants]", VISITOR)
    take_the_time_of_a_person(page)
    submit(page)
    return reference_given(page)


def reference_given(page: Any) -> str:
    """The reference that the sender of a request sees."""
    return found(r"\d{4}-\d{3,}", page.inner_text("main"))


def take_the_time_of_a_person(page: Any) -> None:
    """Wait: the public form refuses what no person could have filled in so quickly."""
    page.wait_for_timeout(FASTEST_SECONDS * 1000)


def find_case(page: Any, reference: str) -> str:
    """Find a request by its reference in the search. Returns its address."""
    page.goto(f"/search/?q={reference}")
    with page.expect_navigation():
        page.locator("main .results a").first.click()
    return found(r"/requests/\d+/", page.url)


def take_up(page: Any, case: str) -> None:
    """Make the request one's own, register who asks, name the demand behind it and screen who takes part."""
    page.goto(f"{case}change/")
    unfold(page, "[name=register_asker]")
    page.check("[name=register_asker]")
    page.select_option("[name=asker_kind]", "knowledge")
    if page.locator("[name=asker_is_new]").count():
        page.check("[name=asker_is_new]")
    choose(page, "demand_from", "Tuinbouwkoepel")
    page.select_option("[name=responsible]", label="Noor de Wit")
    submit(page)
    for number in range(page.locator("form[action*='/screening/']").count()):
        screening = page.locator("form[action*='/screening/']").nth(number)
        unfold(page, f"form[action='{screening.get_attribute('action')}'] select")
        screening.locator("select").select_option("clear")
        with page.expect_navigation():
            screening.locator("button[type=submit]").click()


def record_position_of_the_state(page: Any, case: str) -> None:
    """Record that the ministry was asked, and sees no objection."""
    page.goto(f"/contacts/new/?request={number_of(case)}")
    page.fill("[name=held_on]", TODAY.isoformat())
    page.select_option("[name=counterpart]", "ministry")
    choose(page, "organisation", "Ministerie van Buitenlandse Zaken")
    page.fill("[name=subject]", "Knowledge visit")
    page.select_option("[name=fits_national_policy]", "true")
    submit(page)


def start_assessment(page: Any, case: str) -> None:
    page.goto(f"{case}assessment/")
    with page.expect_navigation():
        page.click("form[action$='/start/'] button")


def open_questions(page: Any) -> Iterator[tuple[str, str]]:
    """The questions that nobody answered yet, one by one: the address of its form and the answer to give."""
    for _number in range(20):
        forms = page.locator("form[action*='/answers/']:has(input[value='']:checked)")
        if not forms.count():
            return
        action = forms.first.get_attribute("action")
        yield action, "yes" if action.rstrip("/").split("/")[-1] in YES else "no"
    raise AssertionError("There is no end to the questions.")


def answer_every_question(page: Any, case: str) -> None:
    """Answer what the framework asks by choosing, as the mouse does."""
    page.goto(f"{case}assessment/")
    for action, answer in open_questions(page):
        with weighed_anew(page, action):
            page.check(f"form[action='{action}'] input[value='{answer}']")


@contextmanager
def weighed_anew(page: Any, action: str) -> Iterator[None]:
    """Wait until the answer to the question at `action` is kept and the page shows it."""
    with page.expect_response(lambda response: response.request.method == "POST" and response.url.endswith(action)):
        yield
    page.locator(f"form[action='{action}']:has(input[value='']:checked)").wait_for(state="detached")
    # htmx listens to what it put in place once that has settled.
    page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added").first.wait_for(state="detached")


def present(page: Any, case: str) -> None:
    page.goto(f"{case}assessment/present/")
    submit(page)


def decide(page: Any, case: str, outcome: str) -> None:
    """Decide as advised. What is decided is final: a second page shows what follows from it and asks once more."""
    page.goto(f"{case}decision/")
    page.check(f"[name=outcome][value={outcome}]")
    submit(page)
    with page.expect_navigation():
        page.click("main button[name=confirmed]")


def plan_visit(page: Any, case: str) -> str:
    """Plan the visit of today with who comes and a company that receives them. Returns its address."""
    page.goto(f"/missions/new/?request={number_of(case)}")
    page.fill("[name=starts_on]", TODAY.isoformat())
    page.fill("[name=ends_on]", TODAY.isoformat())
    submit(page)
    activity = found(r"/missions/\d+/", page.url)
    for organisation in (VISITOR, "Veredelaar 06"):
        page.goto(f"{activity}participants/add/")
        choose(page, "organisation", organisation)
        submit(page)
    return activity


def move(page: Any, activity: str, key: str) -> None:
    page.goto(f"{activity}step/{key}/")
    submit(page)


def settle_every_measure(page: Any, activity: str) -> int:
    """Settle what is still open, one measure after the other. Returns how many that were."""
    for number in range(40):
        page.goto(activity)
        doors = page.locator("#measures a[href$='/settle/']")
        if not doors.count():
            return number
        page.goto(doors.first.get_attribute("href"))
        page.fill("[name=evidence]", "Done, as the report of the visit shows.")
        submit(page)
    raise AssertionError("There is no end to the measures.")


def evaluate(page: Any, title: str) -> str:
    """Make an evaluation of this year for China. Returns its address."""
    page.goto("/evaluation/new/")
    page.fill("[name=period_start]", f"{TODAY.year}-01-01")
    page.fill("[name=period_end]", f"{TODAY.year}-12-31")
    choose(page, "country", "China")
    page.fill("[name=title_nl]", title)
    submit(page)
    return found(r"/evaluation/\d+/", page.url)


def choose(page: Any, name: str, text: str) -> None:
    """Choose the option whose label holds `text`: in the combobox by typing, without JavaScript in the select."""
    select = page.locator(f"select[name={name}]")
    box = page.locator(f"select[name={name}] + .combobox [role=combobox]")
    if not box.count():
        value = select.locator("option", has_text=text).first.get_attribute("value")
        select.select_option(value)
        return
    box.fill(text)
    page.locator("[role=option]:visible", has_text=text).first.click()


def unfold(page: Any, selector: str) -> None:
    """Open what is folded around the first element that answers to `selector`."""
    page.locator(selector).first.evaluate(
        "element => { for (let e = element; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true }"
    )


def submit(page: Any) -> None:
    """Send the page's main form and wait for the answer."""
    with page.expect_navigation():
        page.locator("main form button[type=submit].button").last.click()


def number_of(address: str) -> str:
    return address.strip("/").split("/")[1]


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, f"{pattern} is not in: {text}"
    return match.group()
