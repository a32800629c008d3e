"""The frame around every page: its title, its columns, its navigation, the language and who is signed in."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from hanze.web.navigation import NavigationGroup, NavigationItem
from tests.web.look import Said


def page(blocks: str, language: str = "nl", base: str = "web/base.html", **context: object) -> str:
    request = RequestFactory().get("/requests/?state=open")
    given = {"request": request, "organisation_name": "Provincie Voorbeeld", "csrf_token": "a-token", **context}
    with translation.override(language):
        return engines["django"].from_string(f'{{% extends "{base}" %}}{blocks}').render(given)


def test_a_heading_is_also_the_title_without_its_markup():
    html = page("{% block heading %}Relatie met <em>Hebei</em> &amp; Shandong{% endblock %}")
    assert "<title>Relatie met Hebei &amp; Shandong · Hanze · Provincie Voorbeeld</title>" in html
    assert "<h1>Relatie met <em>Hebei</em> &amp; Shandong</h1>" in html


def test_a_title_alone_is_also_the_heading():
    html = page("{% block title %}Agenda{% endblock %}")
    assert "<title>Agenda · Hanze" in html
    assert "<h1>Agenda</h1>" in html


def test_a_page_that_forgets_both_still_renders():
    assert "<h1></h1>" in page("")


def test_only_a_page_with_an_aside_has_two_columns():
    assert 'class="two"' not in page("{% block content %}x{% endblock %}{% block aside %} {% endblock %}")
    html = page("{% block content %}x{% endblock %}{% block aside %}Advies{% endblock %}")
    assert 'class="two"' in html
    assert html.count("Advies") == 1


def test_what_a_page_says_is_escaped_once():
    html = page("{% block heading %}{{ name }}{% endblock %}{% block aside %}{{ name }}{% endblock %}", name="<b>&")
    assert html.count("&lt;b&gt;&amp;") == 3
    assert "<b>&" not in html


def test_the_current_place_is_marked_and_its_group_named():
    here = NavigationItem("Verzoeken", "/requests/", current=True)
    html = page("", navigation=[NavigationGroup("Werk", (here,))])
    assert '<a href="/requests/" aria-current="page">' in html
    assert '<p id="menu-1">Werk</p>\n<ul aria-labelledby="menu-1">' in html


@pytest.mark.parametrize(("language", "other", "name"), [("nl", "en", "English"), ("en", "nl", "Nederlands")])
def test_the_other_language_is_one_press_away_and_leads_back_here(language, other, name):
    html = page("", language)
    assert f'<html lang="{language}">' in html
    assert f'value="{other}" lang="{other}">{name}</button>' in html
    assert '<input type="hidden" name="next" value="/requests/?state=open">' in html


def test_only_who_is_signed_in_can_sign_out():
    assert "Uitloggen" not in page("", reader=SimpleNamespace(is_authenticated=False))
    assert "Uitloggen" in page("", reader=Said(is_authenticated=True, title="", text="A. Jansen"))


def test_a_final_step_says_what_follows_and_offers_the_way_back():
    class Reason(forms.Form):
        reason = forms.CharField(label="Reden")

    given = {"question": "Verzoek intrekken?", "consequence": "Het verzoek blijft te lezen.", "cancel_url": "/back/"}
    with translation.override("nl"):
        html = get_template("web/confirm.html").render(
            {**given, "form": Reason(), "danger": True, "csrf_token": "a-token"}
        )
    assert "<h1>Verzoek intrekken?</h1>" in html
    assert "Het verzoek blijft te lezen." in html
    assert 'class="button danger"' in html
    assert 'href="/back/"' in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_pages_of_a_list_keep_its_filters():
    current = Paginator(range(120), 50).page(2)
    include = '{% include "web/components/pagination.html" %}'
    html = (
        engines["django"]
        .from_string(include)
        .render(
            {
                "page_obj": current,
                "page_numbers": [1, 2, 3],
                "request": RequestFactory().get("/?q=kas&page=2"),
            }
        )
    )
    assert '<a href="?q=kas&amp;page=3">3</a>' in html
    assert '<a href="?q=kas&amp;page=2" aria-current="page">2</a>' in html
