"""Renders the style guide as a page of the product, and shows it in a real browser under the product's own CSP."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django_tables2 as tables
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.forms import formset_factory
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, Route

from hanze.web.navigation import NavigationGroup, NavigationItem

ORIGIN = "http://hanze.test"
TODAY = date(2024, 3, 6)
PLACES = {"": ["Vandaag", "Verzoeken", "Missies en bezoeken", "Agenda"], "Register": ["Relaties", "Evaluatie"]}
COMPANIES = [("a", "Bedrijf"), ("b", "Overheid")]
STYLEGUIDE = Path(__file__).with_name("styleguide.html")


class ExampleForm(forms.Form):
    title = forms.CharField(label="Titel", help_text="Zoals u het in een brief zou noemen.")
    note = forms.CharField(label="Toelichting", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Soort", widget=forms.RadioSelect, choices=[("in", "Inkomend"), ("out", "Uitgaand")])
    country = forms.ChoiceField(
        label="Land",
        required=False,
        choices=[("", ""), ("cn", "China"), ("ci", "Côte d’Ivoire"), ("ma", "Marokko"), ("jp", "Japan")],
        widget=forms.Select(attrs={"data-combobox": True}),
    )
    sectors = forms.MultipleChoiceField(
        label="Sectoren",
        choices=[("h", "Tuinbouw"), ("m", "Maritiem"), ("w", "Water"), ("e", "Energie")],
        widget=forms.SelectMultiple(attrs={"data-combobox": True}),
    )
    goals = forms.MultipleChoiceField(
        label="Draagt bij aan",
        required=False,
        choices=[("1", "Handel"), ("2", "Kennis")],
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = forms.DateField(label="Begint op", widget=forms.DateInput(attrs={"type": "date"}))
    agree = forms.BooleanField(label="De ondertekenaar is bevoegd")


class FilterForm(forms.Form):
    q = forms.CharField(label="Zoek in de lijst", required=False)
    state = forms.ChoiceField(label="Stand", required=False, choices=[("", "Alle"), ("open", "Open")])


class RowForm(forms.Form):
    organisation = forms.CharField(label="Organisatie")
    role = forms.ChoiceField(label="Rol", choices=COMPANIES, widget=forms.Select(attrs={"data-combobox": True}))


class ExampleTable(tables.Table):
    reference = tables.Column(verbose_name="Kenmerk")
    title = tables.Column(verbose_name="Verzoek")
    parties = tables.Column(verbose_name="Partijen", attrs={"th": {"class": "num"}, "td": {"class": "num"}})


def context(path: str = "/") -> dict[str, Any]:
    """Everything that the style guide shows."""
    form = ExampleForm({"title": "", "sectors": ["h"], "country": "cn"})
    form.add_error("country", "Kies een ander land.")
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    rows = [{"reference": f"2024-{n:03}", "title": f"Verzoek {n}", "parties": n} for n in range(1, 31)]
    table = ExampleTable(rows, order_by="-reference")
    table.paginate(page=2, per_page=5)
    return {
        "request": request,
        "csrf_token": "a-token",
        "organisation_name": "Provincie Voorbeeld",
        "reader": Said(is_authenticated=True, title="Coördinator", text="A. Jansen"),
        "navigation": [
            NavigationGroup(label, tuple(NavigationItem(place, f"/{place}", place == "Verzoeken") for place in places))
            for label, places in PLACES.items()
        ],
        "messages": [
            Said(level_tag="success", text="Bewaard."),
            Said(level_tag="error", text="Dat lukte niet."),
        ],
        "today": TODAY,
        "late": TODAY - timedelta(days=2),
        "soon": TODAY + timedelta(days=9),
        "start": date(2024, 5, 23),
        "end": date(2024, 5, 28),
        "record": SimpleNamespace(classification="confidential", get_classification_display=lambda: "Vertrouwelijk"),
        "delegations": SimpleNamespace(key="incoming_delegations", value=4),
        "parties": SimpleNamespace(key="distinct_parties", value=27),
        "form": form,
        "filters": FilterForm(),
        "formset": formset_factory(RowForm, extra=1, can_delete=True)(prefix="rows"),
        "table": table,
        "days": ["ma", "di", "wo", "do", "vr", "za", "zo"],
    }


def styleguide(language: str = "nl") -> str:
    """The style guide as HTML."""
    with translation.override(language):
        return engines["django"].from_string(STYLEGUIDE.read_text()).render(context())


def error_page(name: str, language: str = "nl") -> str:
    """One of the error pages as HTML."""
    with translation.override(language):
        return get_template(name).render({"organisation_name": "Provincie Voorbeeld"})


def policy() -> str:
    """The product's own content security policy."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


class Said(SimpleNamespace):
    """Something with a text of its own, such as a message or an account."""

    def __str__(self) -> str:
        return self.text


@dataclass
class Shown:
    page: Page
    complaints: list[str]


@contextmanager
def shown(browser: Browser, html: str, width: int = 1440, height: int = 1000, **options: Any) -> Iterator[Shown]:
    """The page open in the browser; `complaints` are what its console said (a broken CSP among them)."""
    page = browser.new_page(viewport={"width": width, "height": height}, **options)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(f"{ORIGIN}/**", lambda route: _answer(route, html))
    page.goto(ORIGIN + "/")
    yield Shown(page, complaints)
    page.close()


def findings(page: Page) -> list[str]:
    """What axe finds wrong on the page, as "rule: element"; empty when nothing is."""
    violations = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in violations for node in rule["nodes"]]


def _answer(route: Route, html: str) -> None:
    path = route.request.url.removeprefix(ORIGIN).split("?")[0]
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        if not found:
            return route.fulfill(status=404)
        kind = mimetypes.guess_type(path)[0] or "font/woff2"
        return route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind)
    headers = {"Content-Security-Policy": policy()}
    return route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
