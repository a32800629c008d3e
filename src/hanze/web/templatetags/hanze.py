"""`{% load hanze %}`: the parts of a page that are made from a value. docs/look.md shows each in use."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any, cast

from django import template
from django.conf import settings
from django.forms import BaseForm, BaseFormSet
from django.forms.utils import flatatt
from django.http import QueryDict
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import conditional_escape, escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hanze.accounts import marks, words

register = template.Library()

for _mark in (marks.state, marks.classification, marks.provenance, marks.when, marks.on_day):
    register.simple_tag(_mark)


@register.simple_tag
def period(start: date | None, end: date | None = None, precision: words.Precision = "day") -> str:
    """ "23 t/m 28 mei 2024" / "23–28 May 2024"."""
    return words.period(start, end, precision)


@register.filter
def day(moment: date | datetime | None, precision: words.Precision = "day") -> str:
    """ "28 mei 2024" / "28 May 2024"; nothing for no date."""
    return words.long_date(moment, precision) if moment else ""


@register.filter
def moment(value: datetime | None) -> str:
    """ "28 mei 2024 om 10.42 uur" / "28 May 2024 at 10:42"."""
    return words.long_moment(value) if value else ""


@register.filter
def money(amount: Decimal | int | float | None, currency: str = "EUR") -> str:
    """ "€ 10.000" / "€10,000"; a dash where no amount was recorded."""
    return "–" if amount is None or amount == "" else words.money(amount, currency)


@register.filter
def number(value: Any) -> str:
    """A number with the separators of the language; "not recorded" for none, which is not 0."""
    if value is None or value == "":
        return _("not recorded")
    return words.number(value) if isinstance(value, int | float | Decimal) else str(value)


@register.filter
def yes_no(value: bool | None) -> str:
    """ "Yes", "No" or "Unknown"."""
    return {True: _("Yes"), False: _("No"), None: _("Unknown")}[value]


@register.inclusion_tag("web/components/empty.html")
def empty(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, str]:
    """What to do where there is nothing yet."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.simple_tag
def source(document: Any, section: str = "", date: Any = None, url: str = "") -> SafeString:
    """Where something comes from, small, below it. `document`: a title, or anything with `document` and `section`."""
    if not isinstance(document, str) and document is not None:
        section = section or getattr(document, "section", "") or ""
        date = date or getattr(document, "date", None)
        url = url or getattr(document, "url", "") or ""
        document = getattr(document, "document", None) or document
    dated = words.long_date(date) if hasattr(date, "year") else date
    text = ", ".join(str(part) for part in (document, section, dated) if part)
    if not text:
        return SafeString("")
    shown = format_html('<a href="{}">{}</a>', url, text) if url.startswith(("/", "http")) else text
    return format_html('<span class="source">{}</span>', shown)


@register.simple_tag
def figure(fig: Any, url: str = "", current: bool = False) -> SafeString:
    """The value of a figure, opening the rows behind it. What was not recorded is said in words."""
    if fig.value is None:
        return format_html('<span class="small">{}</span>', _("not recorded"))
    return format_html(
        '<a class="figure" href="{}"{} title="{}">{}</a>',
        url or f"?figure={fig.key}",
        mark_safe(' aria-current="true"') if current else "",
        _("Show the records behind this figure"),
        number(fig.value),
    )


@register.simple_tag
def options(widget: dict[str, Any]) -> SafeString:
    """The options of a select, as Django's templates draw them; there can be hundreds, too many for a template each."""
    drawn = []
    for name, choices, _index in widget["optgroups"]:
        group = mark_safe("".join(_option(each) for each in choices))
        drawn.append(format_html('<optgroup label="{}">{}</optgroup>', name, group) if name else group)
    return mark_safe("".join(drawn))


def _option(option: dict[str, Any]) -> str:
    attributes = flatatt(option["attrs"]) if option["attrs"] else ""
    return f'<option value="{escape(str(option["value"]))}"{attributes}>{conditional_escape(option["label"])}</option>'


@register.simple_tag(takes_context=True)
def param_replace(context: Context, **changes: Any) -> str:
    """The query string of this page with some parameters changed; None or "" takes one away.

    The page number starts again unless it is among the changes.
    """
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet) -> dict[str, Any]:
    """The errors of the forms (and of each form in a formset), at the top of the page, each linking to its field.

    Before them what somebody else saved meanwhile, for a form that is `hanze.accounts.together.Together`.
    """
    errors = []
    single = list(chain.from_iterable(each.forms if isinstance(each, BaseFormSet) else [each] for each in forms))
    for form in single:
        if not form or not form.is_bound:
            continue
        if not getattr(form, "differences", ()):  # they say it already
            errors += [{"text": text, "id": ""} for text in form.non_field_errors()]
        for field in form:
            target = field.id_for_label or field.auto_id
            errors += [{"text": text, "label": field.label, "id": target} for text in field.errors]
    return {"errors": errors, "differences": [each for form in single for each in getattr(form, "differences", ())]}


@register.simple_tag
def theme_link() -> SafeString:
    """The organisation's own theme, when the setting HANZE_THEME_CSS names one."""
    address = getattr(settings, "HANZE_THEME_CSS", "")
    if not address:
        return SafeString("")
    if not address.startswith(("/", "http://", "https://")):
        address = static(address)
    return format_html('<link rel="stylesheet" href="{}">\n', address)


@register.simple_tag(takes_context=True)
def block_html(context: Context, name: str) -> SafeString:
    """What the page put in the block `name`, before or beside the place where it stands."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    busy: set[str] = cast("dict[str, Any]", context.render_context).setdefault("hanze_blocks", set())
    if block is None or name in busy:
        return SafeString("")
    busy.add(name)
    try:
        return mark_safe(block.render(context).strip())
    finally:
        busy.discard(name)


@register.simple_tag(takes_context=True)
def block_text(context: Context, name: str) -> SafeString:
    """The same as plain text, for the page's title."""
    return mark_safe(" ".join(strip_tags(block_html(context, name)).split()))
