"""Every page that somebody can reach by following links: accessible, readable when narrow, quiet, in her language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

pytestmark = pytest.mark.browser

# Who walks through the house, in which language, over how many pages of one kind; `None` is a visitor without account.
# The coordinator reaches nearly every page and goes twice; two pages of a kind show it with much and with little on it.
WALKS = [
    ("coordinator", "nl", 2),
    ("coordinator", "en", 1),
    ("beleid", "en", 1),
    ("bestuurder", "nl", 1),
    ("communicatie", "en", 1),
    ("staten", "nl", 1),
    ("auditor", "en", 1),
    ("beheer", "nl", 1),
    ("aanvrager", "nl", 1),
    ("aanvrager", "en", 1),
    (None, "nl", 1),
    (None, "en", 1),
]
FOR_EVERYBODY = ("/request/", "/accessibility/", "/accounts/login/", "/public/", "/demo/sign-in/")
FILES = (
    ".pdf",
    ".csv",
    ".atom",
    ".ttl",
    ".jsonld",
    "/catalog",
    ".docx",
    ".xlsx",
    ".json",
    ".html",
    ".ics",
    ".vcf",
    "/csv/",
    "/dmn/",
    "/json/",
    "/yaml/",
)
# What shows that something behind the page was not put into words.
LEFTOVERS = re.compile(r"\bNone\b|%\(|\{\{|\{%|&(?:amp|lt|gt|quot);|<(?:function|object|Query)|\bundefined\b|\bNaN\b|�")
# What the reader sees, but for what people wrote in fields, and for keys of figures, which are meant to be copied.
SAID = """() => { const body = document.body.cloneNode(true);
  body.querySelectorAll('script, style, template, code, option, textarea').forEach(each => each.remove());
  return body.textContent }"""
OWN = "label:not(:has(input)), legend, th, .button, .tabs a, nav a, .colophon a, dt"
# What people wrote stands where the page says that it is not to be translated.
WITHOUT_THEIRS = """parts => parts.filter(each => !each.closest('[translate=no]')).map(each => {
  const copy = each.cloneNode(true);
  copy.querySelectorAll('[translate=no], script, style').forEach(theirs => theirs.remove());
  return copy.textContent.replace(/\\s+/g, ' ').trim() })"""
WORDS_OF = {"nl": r"\b(?:de|het|een|en|van|niet|wordt|met)\b", "en": r"\b(?:the|an|and|of|not|is|with|this)\b"}
# Kinds of pages seen in both languages, with the words around them that are the product's own.
Texts = dict[tuple[str, str], str]


@pytest.fixture(scope="session")
def examined() -> set[tuple[str, str]]:
    """Kinds of pages that axe has looked at, with the language: once is enough."""
    return set()


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The product's own words on a page (headings, labels, buttons) by its address and language."""
    return {}


@pytest.mark.parametrize(("who", "language", "of_one_kind"), WALKS)
def test_every_page_within_reach_is_in_order(
    who: str | None,
    language: str,
    of_one_kind: int,
    visit: Callable[..., Any],
    examined: set[tuple[str, str]],
    texts: Texts,
) -> None:
    problems: list[str] = []
    with visit(who, language) as page:
        for path, name in walk(page, ["/"] if who else FOR_EVERYBODY, of_one_kind):
            problems += [f"{path}: {problem}" for problem in what_is_wrong_with(page, language)]
            if (name, language) not in examined:
                examined.add((name, language))
                problems += [f"{path}: axe {finding}" for finding in axe(page)]
            problems += [f"{path}: {problem}" for problem in too_wide(page)]
            if who == "coordinator":
                texts[path, language] = own_words(page)
    assert not problems, "\n".join(problems)


def test_no_page_says_the_same_in_dutch_and_in_english(texts: Texts) -> None:
    both = [path for path, language in texts if language == "nl" and (path, "en") in texts]
    if not texts:
        pytest.skip("the walks of the coordinator did not run")
    assert len(both) > 30
    same = [path for path in both if texts[path, "nl"] == texts[path, "en"]]
    assert same == []


def walk(page: Any, starts: Any, of_one_kind: int) -> Iterator[tuple[str, str]]:
    """Follow links from the starts; yields address and name of each page while the browser stands on it."""
    waiting, met, kinds = list(starts), set(starts), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if name is None or kinds[name] >= of_one_kind:
            continue
        kinds[name] += 1
        page.complaints.clear()
        page.set_viewport_size({"width": 1440, "height": 900})
        answer = page.goto(path)
        assert answer is not None, path
        assert answer.status == 200, f"a link leads to {path}, which answers {answer.status}"
        fresh = [each for each in dict.fromkeys(links(page)) if each not in met]
        met.update(fresh)
        waiting += fresh
        yield path, name


def links(page: Any) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    parts = [urlsplit(urljoin(page.url, href)) for href in hrefs]
    return [each.path for each in parts if each.netloc == urlsplit(page.url).netloc]


def name_of(path: str) -> str | None:
    """The name of an address of a page; None for files and what is no address of ours."""
    if path.endswith(FILES) or "/static/" in path or re.search(r"/documents/\d+/$|/letter/|/file/$", path):
        return None
    if path.startswith("/demo/"):
        return "demo"
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def what_is_wrong_with(page: Any, language: str) -> list[str]:
    """What can be seen without changing anything on the page, in words."""
    problems = [f"console {complaint}" for complaint in page.complaints]
    if page.get_attribute("html", "lang") != language:
        problems.append(f"not in {language}")
    text = page.evaluate(SAID)
    problems += [f"shows {hit.group()!r}: {around(text, hit)!r}" for hit in LEFTOVERS.finditer(text)]
    other = "en" if language == "nl" else "nl"
    for sentence in own_words(page).split("\n"):
        if len(re.findall(WORDS_OF[other], sentence)) > 1 and not re.search(WORDS_OF[language], sentence):
            problems.append(f"in the other language: {sentence}")
    if page.locator("h1").count() != 1:
        problems.append(f"{page.locator('h1').count()} headings of the first level")
    return problems


def around(text: str, hit: re.Match[str]) -> str:
    return text[max(0, hit.start() - 30) : hit.end() + 30]


def own_words(page: Any) -> str:
    """What the product itself says: labels, legends, table heads, buttons, menus; not what people wrote."""
    return "\n".join(page.eval_on_selector_all(OWN, WITHOUT_THEIRS))


def too_wide(page: Any) -> Iterator[str]:
    """How much the page is too wide at 320 px, and in a window of 1280 px at 200 %."""
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 700})
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if excess > 0:
            yield f"{excess} px too wide at {width} px"


def axe(page: Any) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in violations for node in rule["nodes"]]
