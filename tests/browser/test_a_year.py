"""A request from intake to a line in the evaluation, in the browser, as the people who do it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import steps

pytestmark = pytest.mark.browser
WITH_MEASURES = "take-up-with-measures"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_request_travels_from_the_public_form_to_the_evaluation(language: str, visit: Callable[..., Any]) -> None:
    title = {"nl": "Kennisbezoek over zaadteelt", "en": "Knowledge visit on seed growing"}[language]
    with visit(None, language) as page:
        reference = steps.send_request(page, title)
    with visit("coordinator", language) as page:
        case = steps.find_case(page, reference)
        steps.take_up(page, case)
        steps.record_position_of_the_state(page, case)
        steps.start_assessment(page, case)
        the_advice_moves_on_the_same_page(page, case)
        steps.present(page, case)
        assert stage_of(page, case) == {"nl": "Geadviseerd", "en": "Advised"}[language]
    with visit("bestuurder", language) as page:
        page.goto("/today/")
        assert title in page.inner_text("main"), "the decision waits on the executive's Today page"
        steps.decide(page, case, WITH_MEASURES)
    with visit("coordinator", language) as page:
        activity = steps.plan_visit(page, case)
        steps.move(page, activity, "hold")
        steps.move(page, activity, "close")
        assert page.url.endswith("/step/close/"), "an activity with open measures cannot be closed"
        assert page.locator(".utrecht-alert--error").count() == 1
        assert steps.settle_every_measure(page, activity) > 3
        steps.move(page, activity, "close")
        # Closed is the last of the steps.
        assert page.locator(".steps li").last.get_attribute("aria-current") == "step"
        assert title in delegations_counted(page, language)


def the_advice_moves_on_the_same_page(page: Any, case: str) -> None:
    page.goto(f"{case}assessment/")
    before = page.inner_text("#advice")
    page.evaluate("window.loadedOnce = true")
    for action, answer in steps.open_questions(page):
        with steps.weighed_anew(page, action):
            page.check(f"form[action='{action}'] input[value='{answer}']")
    assert page.inner_text("#advice") != before
    assert page.evaluate("window.loadedOnce") is True


def delegations_counted(page: Any, language: str) -> str:
    """The rows behind the number of incoming delegations of this year; as many as the figure says."""
    evaluation = steps.evaluate(page, f"China {language}")
    page.goto(f"{evaluation}figures/incoming_delegations/")
    rows = page.locator(".rows ol > li")
    assert int(re.findall(r"\d+", page.inner_text(".rows h2"))[0]) == rows.count()
    return "\n".join(rows.all_inner_texts())


def stage_of(page: Any, case: str) -> str:
    """Where the case stands, as the steps on its page say."""
    page.goto(case)
    return page.inner_text(".steps [aria-current=step]").split("\n")[0]


@pytest.mark.parametrize("way", ["without JavaScript", "on a phone of 320 px"])
def test_a_request_is_weighed_and_decided(way: str, visit: Callable[..., Any]) -> None:
    options = {"java_script_enabled": False} if way == "without JavaScript" else {"width": 320, "has_touch": True}
    with visit(None, **options) as page:
        reference = steps.send_request(page, f"Bezoek {way}")
    with visit("coordinator", **options) as page:
        case = steps.find_case(page, reference)
        steps.take_up(page, case)
        steps.record_position_of_the_state(page, case)
        steps.start_assessment(page, case)
        for action, answer in steps.open_questions(page):
            if "java_script_enabled" in options:
                page.check(f"form[action='{action}'] input[value='{answer}']")
                with page.expect_navigation():
                    page.click(f"form[action='{action}'] button[type=submit]")
            else:
                with steps.weighed_anew(page, action):
                    page.tap(f"form[action='{action}'] input[value='{answer}']")
        steps.present(page, case)
    with visit("bestuurder", **options) as page:
        steps.decide(page, case, WITH_MEASURES)
        assert stage_of(page, case) == "Besloten"
        assert page.locator(".state", has_text="Opgepakt met maatregelen").count()


def test_the_keyboard_is_enough_to_sign_in_to_send_a_request_and_to_have_it_weighed(
    visit: Callable[..., Any],
) -> None:
    with visit(None) as page:
        page.goto("/request/")
        keys = Keyboard(page)
        keys.write("asked_by_text", "Kunming Flower Market")
        keys.write("contact_name", "Wang Min")
        keys.write("contact_email", "wang@market.example")
        keys.to("[role=combobox]#id_country")
        page.keyboard.type("Chin")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        keys.pick("kind", "incoming-visit")
        keys.write("title", "Marktbezoek")
        keys.write("description", "We would like to see an auction.")
        keys.pick("sector", "horticulture")
        keys.write("participants", "Kunming Flower Market")
        steps.take_the_time_of_a_person(page)
        keys.press("main form button[type=submit]", "Enter")
        reference = steps.reference_given(page)
    with visit(None) as page:
        page.goto("/demo/sign-in/")
        keys = Keyboard(page)
        keys.press("button[value='coordinator@demo.example']", "Enter")
        case = steps.find_case(page, reference)
        page.goto(f"{case}assessment/")
        keys.press("form[action$='/start/'] button", "Space")
        answered = 0
        for action, answer in steps.open_questions(page):
            keys.to(f"form[action='{action}'] input")
            # Unknown stands last and is chosen: one key further is the first answer, one back the second.
            with steps.weighed_anew(page, action):
                page.keyboard.press("ArrowDown" if answer == "yes" else "ArrowUp")
            assert page.evaluate("document.activeElement.closest('form')?.getAttribute('action')") == action, (
                "the focus stays at the question"
            )
            answered += 1
        assert answered > 3


class Keyboard:
    """Somebody who goes through a page with Tab, and says so when something cannot be reached or seen."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def to(self, selector: str) -> None:
        for _ in range(150):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                break
        else:
            raise AssertionError(f"Tab does not reach {selector}")
        assert self.page.evaluate(
            """() => { const box = document.activeElement.closest('.box') || document.activeElement,
                  style = getComputedStyle(box), own = getComputedStyle(document.activeElement);
                  return [style, own].some(each => each.outlineStyle !== 'none' || each.boxShadow !== 'none') }"""
        ), f"the focus on {selector} cannot be seen"

    def write(self, name: str, text: str) -> None:
        self.to(f"[name={name}]")
        self.page.keyboard.type(text)

    def pick(self, name: str, value: str) -> None:
        """Go down in a select until `value` is chosen."""
        self.to(f"select[name={name}]")
        for _ in range(40):
            if self.page.input_value(f"select[name={name}]") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not reach {value}")

    def press(self, selector: str, key: str) -> None:
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
