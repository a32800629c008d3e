"""Every page that somebody can reach by following links: accessible, readable when narrow, quiet, in her language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

# Who walks through the house; `None` is a visitor without account.
WALKERS = {
    "coordinator": "coordinator",
    "executive": "bestuurder",
    "communications": "communicatie",
    "council": "staten",
    "auditor": "auditor",
    "administrator": "beheer",
    "requester": "aanvrager",
    "visitor": None,
}
STARTS = {"visitor": ["/request/", "/accessibility/", "/accounts/login/", "/public/activities/", "/demo/sign-in/"]}
FILES = (".pdf", ".docx", ".xlsx", ".json", ".html", ".ics")
MOST_PAGES = 90
# Two pages of one kind are enough to see how it looks with much and with little on it.
OF_ONE_KIND = 2


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("walker", WALKERS)
def test_every_page_within_reach_is_in_order(walker: str, language: str, visit: Callable[..., Any]) -> None:
    with visit(WALKERS[walker], language) as page:
        problems = [problem for url in pages_within_reach(page, walker) for problem in look_at(page, url, language)]
    assert problems == []


def pages_within_reach(page: Any, walker: str) -> list[str]:
    """The addresses found by following links from the start, at most `OF_ONE_KIND` for one name of address."""
    waiting = list(STARTS.get(walker, ["/"]))
    seen: dict[str, list[str]] = {}
    found: list[str] = []
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        name = name_of(path)
        if name is None or path in found or len(seen.get(name, [])) >= OF_ONE_KIND:
            continue
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            pytest.fail(f"{walker} follows a link to {path} and gets {answer and answer.status}")
        seen.setdefault(name, []).append(path)
        found.append(path)
        waiting += links(page)
    return found


def links(page: Any) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    paths = [urljoin(page.url, href) for href in hrefs]
    own = urlsplit(page.url).netloc
    return [urlsplit(path).path for path in paths if urlsplit(path).netloc == own]


def name_of(path: str) -> str | None:
    """The name of an address of a page; None for files and what is no address of ours."""
    if path.endswith(FILES) or "/static/" in path or "/documents/" in path or "/letter" in path:
        return None
    if path.startswith("/demo/"):
        return "demo"
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def look_at(page: Any, path: str, language: str) -> list[str]:
    """What is wrong with the page at `path`, in words."""
    page.complaints.clear()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(path)
    problems = [f"{path}: axe {finding}" for finding in axe(page)]
    problems += [f"{path}: console {complaint}" for complaint in page.complaints]
    if page.get_attribute("html", "lang") != language:
        problems.append(f"{path}: not in {language}")
    # 320 px wide, and a window of 1280 px at 200 %.
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 700})
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if excess > 0:
            problems.append(f"{path}: {excess} px too wide at {width} px")
    return problems


def axe(page: Any) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in violations for node in rule["nodes"]]
