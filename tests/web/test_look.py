"""The look in a real browser: under the product's CSP, by keyboard, on a phone, zoomed, on paper, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.web.look import ORIGIN, error_page, findings, shown, styleguide

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def guide() -> str:
    return styleguide("nl")


def fits(page: Page) -> bool:
    """Whether the page can be read without scrolling sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [1440, 320])
def test_every_part_is_accessible_and_obeys_the_csp(browser, language, width):
    with shown(browser, styleguide(language), width=width) as it:
        assert findings(it.page) == []
        assert it.complaints == []


@pytest.mark.parametrize("name", ["404.html", "403_csrf.html", "500.html"])
def test_error_pages_are_accessible(browser, name):
    with shown(browser, error_page(name), width=390) as it:
        assert findings(it.page) == []
        assert it.complaints == []
        assert it.page.get_by_role("link", name="Naar de startpagina").is_visible()


def test_the_check_for_accessibility_can_fail(browser):
    with shown(browser, "<!doctype html><html><title>x</title><img src='/x.png'></html>") as it:
        assert {"html-has-lang", "image-alt"} <= {finding.split(":")[0] for finding in findings(it.page)}


@pytest.mark.parametrize(("width", "scale"), [(320, 1), (390, 1), (720, 2), (1024, 1)])
def test_nothing_needs_scrolling_sideways(browser, guide, width, scale):
    with shown(browser, guide, width=width, device_scale_factor=scale) as it:
        assert fits(it.page)


def test_a_mark_stays_within_its_line(browser, guide):
    with shown(browser, guide) as it:
        assert max(it.page.locator(".mark").evaluate_all("marks => marks.map(m => m.offsetHeight)")) < 30


def test_the_title_of_the_page_is_its_heading_with_the_organisation(browser, guide):
    with shown(browser, guide) as it:
        assert it.page.title() == "Roadshow tuinbouw in Hebei en Shandong · Hanze · Provincie Voorbeeld"
        assert it.page.locator("html").get_attribute("lang") == "nl"


def test_the_first_tab_skips_to_the_content(browser, guide):
    with shown(browser, guide) as it:
        it.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        it.page.evaluate("document.body.tabIndex = -1; document.body.focus()")
        it.page.keyboard.press("Tab")
        assert it.page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
        it.page.keyboard.press("Enter")
        assert it.page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_menu_opens_with_and_without_scripts(browser, guide, scripts):
    with shown(browser, guide, width=390, java_script_enabled=scripts) as it:
        menu = it.page.locator("#menu")
        assert not menu.is_visible()
        it.page.get_by_role("button", name="Menu").click()
        assert menu.get_by_role("link", name="Verzoeken").is_visible()
        it.page.keyboard.press("Escape")
        assert not menu.is_visible()


def test_on_a_phone_one_link_leads_to_the_aside(browser, guide):
    with shown(browser, guide, width=390) as it:
        it.page.get_by_role("link", name="Naar het advies").click()
        it.page.wait_for_function("document.querySelector('.aside').getBoundingClientRect().top < innerHeight / 2")
    with shown(browser, guide) as it:
        assert not it.page.get_by_role("link", name="Naar het advies").is_visible()


def test_without_scripts_every_choice_is_an_ordinary_select(browser, guide):
    with shown(browser, guide, java_script_enabled=False) as it:
        assert it.page.locator("select#id_country").is_visible()
        assert it.page.locator("select#id_sectors").is_visible()
        assert it.page.locator("input[name=rows-0-DELETE]").is_visible()


def test_errors_take_the_focus_and_lead_to_their_field(browser, guide):
    with shown(browser, guide) as it:
        assert it.page.evaluate("document.activeElement.className") == "error-summary"
        it.page.get_by_role("link", name="Titel:").click()
        assert it.page.evaluate("document.activeElement.id") == "id_title"
        it.page.get_by_role("link", name="Land:").click()
        assert it.page.evaluate("document.activeElement.getAttribute('role')") == "combobox"


def test_a_combobox_finds_by_typing_without_accents_and_by_keyboard_only(browser, guide):
    with shown(browser, guide) as it:
        box = it.page.get_by_role("combobox", name="Land")
        box.fill("cote")
        assert it.page.get_by_role("listbox").get_by_role("option").all_inner_texts() == ["Côte d’Ivoire"]
        box.press("Enter")
        assert box.input_value() == "Côte d’Ivoire"
        assert it.page.locator("select[name=country]").input_value() == "ci"
        assert box.get_attribute("aria-expanded") == "false"


def test_escape_gives_the_earlier_choice_back(browser, guide):
    with shown(browser, guide) as it:
        box = it.page.get_by_role("combobox", name="Land")
        box.fill("japan")
        box.press("Escape")
        assert box.input_value() == "China"
        assert it.page.locator("select[name=country]").input_value() == "cn"


def test_a_combobox_of_several_shows_chips_that_can_be_taken_away(browser, guide):
    with shown(browser, guide) as it:
        box = it.page.get_by_role("combobox", name="Sectoren")
        box.click()
        box.press("ArrowDown")
        box.press("ArrowDown")
        box.press("Enter")
        chosen = "[...document.querySelector('[name=sectors]').selectedOptions].map(o => o.value)"
        assert it.page.evaluate(chosen) == ["h", "m"]
        it.page.get_by_role("button", name="Verwijderen Tuinbouw").click()
        assert it.page.evaluate(chosen) == ["m"]
        box.press("Backspace")
        assert it.page.evaluate(chosen) == []


def test_a_combobox_can_ask_the_server(browser, guide):
    html = guide.replace('id="id_country"', 'id="id_country" data-url="/options"')
    with shown(browser, html) as it:
        asked = []

        def answer(route):
            asked.append(route.request.url)
            route.fulfill(json=[{"id": 7, "label": "Kassenbouwer 07", "detail": "Naaldwijk"}])

        it.page.route(f"{ORIGIN}/options*", answer)
        box = it.page.get_by_role("combobox", name="Land")
        box.fill("kas")
        it.page.get_by_role("option", name="Kassenbouwer 07").click()
        assert it.page.locator("select[name=country]").input_value() == "7"
        assert asked == [f"{ORIGIN}/options?q=kas"]


def test_rows_are_added_and_taken_away(browser, guide):
    with shown(browser, guide) as it:
        rows = it.page.locator("[data-formset-row]:visible")
        assert rows.count() == 1
        it.page.get_by_role("button", name="Regel toevoegen").click()
        assert rows.count() == 2
        assert it.page.locator("[name=rows-TOTAL_FORMS]").input_value() == "2"
        assert it.page.evaluate("document.activeElement.name") == "rows-1-organisation"
        assert it.page.locator("#id_rows-1-role[role=combobox]").is_visible()
        it.page.get_by_role("button", name="Verwijderen", exact=True).last.click()
        assert rows.count() == 1
        assert it.page.locator("[name=rows-1-DELETE]").is_checked()


def test_a_filter_answers_as_soon_as_it_is_chosen(browser, guide):
    with shown(browser, guide) as it, it.page.expect_navigation(url="**/?q=&state=open"):
        it.page.get_by_label("Stand").select_option("open")


def test_leaving_a_changed_form_asks_first(browser, guide):
    with shown(browser, guide) as it:
        asked = []
        it.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        it.page.get_by_label("Toelichting").press_sequentially("x")
        it.page.goto(ORIGIN + "/elsewhere")
        assert asked == ["beforeunload"]


def test_htmx_sends_the_csrf_token_and_says_that_it_is_busy(browser, guide):
    part = '<button hx-post="/change" hx-target="#answer">Reken</button><div id="answer"></div>'
    html = guide.replace("</main>", f"{part}</main>")
    with shown(browser, html) as it:
        sent = []

        def answer(route):
            busy = it.page.locator("#answer").get_attribute("aria-busy")
            sent.append((route.request.headers.get("x-csrftoken"), busy))
            route.fulfill(body="<p>klaar</p>", content_type="text/html")

        it.page.route(f"{ORIGIN}/change", lambda route: answer(route))
        it.page.get_by_role("button", name="Reken").click()
        it.page.get_by_text("klaar", exact=True).wait_for()
        assert sent == [("a-token", "true")]
        assert it.page.locator("#answer").get_attribute("aria-busy") is None
        assert it.complaints == []


def test_the_focus_stays_on_the_answer_when_a_part_is_renewed(browser, guide):
    part = """<form id="part" hx-post="/change" hx-trigger="change" hx-swap="outerHTML">
    <label><input type="radio" name="answer" value="yes"> Ja</label>
    <label><input type="radio" name="answer" value="no"> Nee</label></form>"""
    answered = part.replace('value="no"', 'value="no" checked').replace('id="part"', 'id="part" class="renewed"')
    with shown(browser, guide.replace("</main>", f"{part}</main>")) as it:
        it.page.route(f"{ORIGIN}/change", lambda route: route.fulfill(body=answered, content_type="text/html"))
        it.page.locator("#part").get_by_label("Nee").check()
        it.page.locator(".renewed").wait_for()
        it.page.wait_for_function("document.activeElement.value === 'no'")


def test_a_failed_request_is_told(browser, guide):
    html = guide.replace("</main>", '<button hx-post="/change">Reken</button></main>')
    with shown(browser, html) as it:
        it.page.route(f"{ORIGIN}/change", lambda route: route.fulfill(status=500))
        it.page.get_by_role("button", name="Reken").click()
        it.page.get_by_text("Dat lukte niet; er is niets veranderd.").wait_for()


def test_paper_shows_the_content_only(browser, guide):
    with shown(browser, guide) as it:
        it.page.emulate_media(media="print")
        for hidden in (".rail", ".actions", ".filters", ".pagination"):
            assert not it.page.locator(hidden).first.is_visible()
        assert it.page.get_by_role("heading", level=1).is_visible()


def test_colours_that_the_reader_forces_keep_every_state_readable(browser, guide):
    with shown(browser, guide, forced_colors="active", reduced_motion="reduce") as it:
        border = it.page.locator(".state.stop").first.evaluate("e => getComputedStyle(e).borderTopStyle")
        turning = it.page.locator(".htmx-indicator").first.evaluate(
            "e => getComputedStyle(e, '::before').animationDuration"
        )
        assert border == "solid"
        assert turning != "0.8s"
