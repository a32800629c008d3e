"""What a person notices while working: files that open, figures that unfold, work that is not lost."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import Any

import docx
import openpyxl
import pypdf
import pytest

from tests.browser import steps

pytestmark = pytest.mark.browser
EVALUATION = "/evaluation/1/"


def test_the_evaluation_on_screen_shows_the_figures_of_the_public_report(visit: Callable[..., Any]) -> None:
    with visit("coordinator", "en") as page:
        page.goto(EVALUATION)
        strip = page.locator("dl.figures").first.inner_text()
    assert [int(word) for word in strip.split() if word.isdigit()] == [4, 1, 1, 10, 27, 37, 3, 0]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_arrives_as_pdf_word_and_excel_that_open(
    language: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    title = {"nl": "Relatie met China in 2024", "en": "Relation with China in 2024"}[language]
    with visit("coordinator", language) as page:
        page.goto(EVALUATION)
        files = {label: download(page, label, tmp_path) for label in ("PDF", "Word", "Excel")}
        assert "failed" not in page.inner_text("[data-status]")
    pdf = pypdf.PdfReader(files["PDF"])
    assert title in " ".join(pdf.pages[0].extract_text().split())
    assert title in "\n".join(paragraph.text for paragraph in docx.Document(str(files["Word"])).paragraphs)
    book = openpyxl.load_workbook(files["Excel"])
    assert len(book.sheetnames) > 10, "each figure has a sheet"


def test_a_report_arrives_without_javascript_too(visit: Callable[..., Any], tmp_path: Path) -> None:
    with visit("coordinator", java_script_enabled=False) as page:
        page.goto(EVALUATION)
        assert zipfile.is_zipfile(download(page, "Word", tmp_path))


def download(page: Any, label: str, folder: Path) -> Path:
    with page.expect_download(timeout=90_000) as arriving:
        page.locator("#downloads button", has_text=label).click()
    target = folder / arriving.value.suggested_filename
    arriving.value.save_as(target)
    return target


def test_a_click_on_a_figure_shows_its_rows_without_loading_the_page(visit: Callable[..., Any]) -> None:
    with visit("coordinator") as page:
        page.goto(EVALUATION)
        page.evaluate("window.loadedOnce = true")
        page.locator("dl.figures a[href*='/outgoing_missions/']").first.click()
        page.wait_for_selector("#rows[data-figure=outgoing_missions]")
        assert page.locator("#rows ol > li").count() == 1
        assert page.evaluate("window.loadedOnce") is True
        assert page.evaluate("document.activeElement.id") == "rows", "the focus goes along"


def test_a_click_on_a_figure_shows_its_rows_without_javascript(visit: Callable[..., Any]) -> None:
    with visit("coordinator", java_script_enabled=False) as page:
        page.goto(EVALUATION)
        with page.expect_navigation():
            page.locator("dl.figures a[href*='/outgoing_missions/']").first.click()
        assert page.locator("#rows ol > li").count() == 1


def test_a_frozen_evaluation_stays_as_it_was_and_shows_what_the_records_say_since(visit: Callable[..., Any]) -> None:
    with visit("coordinator", "en") as page:
        evaluation = steps.evaluate(page, "Te bevriezen")
        page.goto(f"{evaluation}frozen/new/")
        page.locator("input[name=audience]").last.check()
        steps.submit(page)
        page.goto(f"{evaluation}frozen/")
        page.locator("a[href$='/compare/']").click()
        assert "Nothing has changed" in page.inner_text("main")
        compared = page.url
        steps.submit(at(page, f"{evaluation}recommendations/new/", text_nl="Blijf wegen.", text_en="Keep weighing."))
        page.goto(compared)
        assert page.locator("ins", has_text="Keep weighing").count() == 1
        frozen = page.url.removesuffix("compare/")
        page.goto(frozen)
        assert "Keep weighing" not in page.inner_text("main")


def test_the_search_finds_other_forms_of_a_word(visit: Callable[..., Any]) -> None:
    with visit("coordinator") as page:
        page.goto("/today/")
        page.fill(".menu input[type=search]", "tuinbouwmissies")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator(".results a", has_text="Tuinbouwmissie").count()


def test_switching_the_language_stays_on_the_page(visit: Callable[..., Any]) -> None:
    with visit("coordinator") as page:
        page.goto("/requests/?tab=decided")
        with page.expect_navigation():
            page.locator(".who button", has_text="English").click()
        assert page.url.endswith("/requests/?tab=decided")
        assert page.inner_text("h1") == "Requests"
        with page.expect_navigation():
            page.locator(".who button", has_text="Nederlands").click()
        assert page.inner_text("h1") == "Verzoeken"


def test_what_is_not_saved_is_not_left_without_a_warning(visit: Callable[..., Any]) -> None:
    with visit("coordinator") as page:
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.goto("/requests/new/")
        page.type("[name=title]", "Nog niet bewaard")
        page.locator("nav a[href='/requests/']").first.click(no_wait_after=True)
        page.wait_for_timeout(500)
        assert asked == ["beforeunload"]
        assert page.input_value("[name=title]") == "Nog niet bewaard"


def test_who_saves_a_request_second_sees_what_the_first_changed_and_keeps_her_own(visit: Callable[..., Any]) -> None:
    with visit("coordinator", "en") as first, visit("beleid", "en") as second:
        first.goto("/requests/")
        case = steps.found(r"/requests/\d+/", " ".join(hrefs(second, "/requests/")))
        description = f"Written at the same time {id(first)}"
        second.goto(f"{case}change/")
        first.goto(f"{case}change/")
        first.fill("[name=technology]", "Sensors of the first")
        steps.submit(first)
        second.fill("[name=description]", description)
        steps.submit(second)
        assert "Somebody else saved this while you were working on it" in second.inner_text("[role=alert]")
        assert "Sensors of the first" in second.inner_text("[role=alert]")
        assert second.input_value("[name=technology]") == "Sensors of the first"
        assert second.input_value("[name=description]") == description
        steps.submit(second)
        assert description in second.inner_text("main")


def test_a_council_member_sees_what_is_meant_for_her_and_nothing_else(visit: Callable[..., Any]) -> None:
    with visit("coordinator") as page:
        everything = set(hrefs(page, "/missions/"))
        requests = hrefs(page, "/requests/")
        hidden = steps.found(r"/requests/\d+/", " ".join(requests))
    with visit("staten") as page:
        page.goto(EVALUATION)
        assert page.locator("h1").inner_text() == "Relatie met China in 2024"
        assert set(hrefs(page, "/missions/")) < everything
        page.goto("/missions/")
        assert page.locator("main .button", has_text="Activiteit").count() == 0, "she changes nothing"
        answer = page.goto(hidden)
        assert answer.status == 404


def test_the_menu_of_a_phone_opens_leads_and_closes_by_keyboard(visit: Callable[..., Any]) -> None:
    with visit("coordinator", width=390) as page:
        page.goto("/today/")
        link = page.locator("#menu a[href='/requests/']")
        assert not link.is_visible()
        page.locator(".menu-button").focus()
        page.keyboard.press("Enter")
        assert link.is_visible()
        page.keyboard.press("Escape")
        assert not link.is_visible()
        page.locator(".menu-button").click()
        with page.expect_navigation():
            link.click()
        assert page.inner_text("h1") == "Verzoeken"


@pytest.mark.parametrize("kind", ["case", "briefing", "framework", "evaluation"])
def test_a_printed_page_holds_the_matter_and_not_the_menu(kind: str, visit: Callable[..., Any], tmp_path: Path) -> None:
    starts = {"case": "/requests/", "briefing": "/missions/", "framework": "/frameworks/", "evaluation": "/evaluation/"}
    pattern = {"framework": r"/frameworks/[\w-]+/[\d-]+/"}.get(kind, rf"{starts[kind]}\d+/")
    with visit("coordinator") as page:
        address = steps.found(pattern, " ".join(hrefs(page, starts[kind])))
        page.goto(f"{address}briefing/" if kind == "briefing" else address)
        title = " ".join(page.inner_text("h1").split())
        printed = tmp_path / "page.pdf"
        printed.write_bytes(page.pdf(format="A4"))
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(printed).pages)
    assert title in text
    assert "Uitloggen" not in text
    assert "Afwegingskaders Evaluatie" not in text, "the menu stays off the paper"
    if which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "40", "-gray", str(printed), str(tmp_path / "sheet")], check=True)
        assert all(holds_ink(sheet) for sheet in tmp_path.glob("sheet*.pgm")), "no empty sheet"


def holds_ink(sheet: Path) -> bool:
    """Whether more of a grey picture than its few header bytes is darker than paper."""
    pixels = sheet.read_bytes()
    return sum(value < 128 for value in pixels) > 50


def at(page: Any, address: str, **values: str) -> Any:
    """The page at an address with its form filled in."""
    page.goto(address)
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    return page


def hrefs(page: Any, address: str) -> list[str]:
    page.goto(address)
    return page.eval_on_selector_all("main a[href]", "links => links.map(link => link.getAttribute('href'))")
