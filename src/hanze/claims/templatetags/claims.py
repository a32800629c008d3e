"""`{% load claims %}`: what sources say, on the pages of the records."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanze.claims.facts import sheet_of
from hanze.claims.kept import KeptFact
from hanze.claims.queries import Mark, marks

register = template.Library()


@register.simple_tag(takes_context=True)
def sources(context: RequestContext, record: models.Model, fact: str) -> SafeString:
    """Beside a fact: that sources disagree, or how many agree, as a link to what each says. Nothing for one source."""
    mark = _marks(context, record).get(fact)
    if mark is None:
        return SafeString("")
    address = _address(record, fact)
    if mark.is_open:
        return format_html(
            '<div class="small"><a class="state care" href="{}">{}</a></div>', address, _("Sources disagree")
        )
    words = ngettext("%(count)s source", "%(count)s sources", mark.sources) % {"count": mark.sources}
    return format_html('<div class="small"><a href="{}">{}</a></div>', address, words)


@register.inclusion_tag("claims/panel.html", takes_context=True)
def claims_panel(context: RequestContext, record: models.Model) -> dict[str, Any]:
    """In the margin of a record: its open contradictions, another source, and the record on a past day."""
    sheet, reader = sheet_of(record), context["request"].user
    known = _marks(context, record)
    marked = [(mark, sheet.facts[mark.fact].label, _address(record, mark.fact)) for mark in known.values()]
    only_claimed = [fact for fact in sheet.facts.values() if type(fact) is KeptFact]
    kept = [(fact, fact.stands(record)) for fact in only_claimed]
    return {
        "record": record,
        "kind": sheet.key,
        "open_ones": [(label, address) for mark, label, address in marked if mark.is_open],
        "agreed_ones": [(label, address) for mark, label, address in marked if not mark.is_open],
        "kept": [
            (fact.label, fact.words(value), _address(record, fact.name)) for fact, value in kept if value is not None
        ],
        "may_add": reader.has_perm(sheet.changing, record),
    }


def _address(record: models.Model, fact: str) -> str:
    return reverse("claims:fact", args=[record._meta.model_name, record.pk, fact])


def _marks(context: RequestContext, record: models.Model) -> dict[str, Mark]:
    """The marks of a record, read once for the page."""
    # The outermost of its dictionaries is the one that all parts of a page share.
    known: dict[Any, dict[str, Mark]] = context.render_context.dicts[0].setdefault("claims", {})  # type: ignore[attr-defined]
    key = (record._meta.label, record.pk)
    if key not in known:
        known[key] = {name: mark for name, mark in marks(record).items() if name in sheet_of(record).facts}
    return known[key]
