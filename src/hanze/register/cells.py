"""How the register's records stand in a cell of a list, or in a line of a page: functions of the record."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.listing import or_dash
from hanze.accounts.marks import classification, provenance, state, when
from hanze.accounts.words import long_date
from hanze.register.models import Agreement, Organisation, Person, Relation, RelationStatus

SECRET = (Classification.CONFIDENTIAL, Classification.RESTRICTED)


def organisation(record: Organisation) -> SafeString:
    return _named(record, record.name, record.native_name)


def person(record: Person) -> SafeString:
    return _named(record, record.name, record.native_name)


def relation(record: Relation) -> SafeString:
    return _named(record, record.partner.name, record.partner.native_name)


def agreement(record: Agreement) -> SafeString:
    return _named(record, record.title)


def _named(record: Any, name: str, native_name: str = "") -> SafeString:
    """The name as a link, with where the record comes from, its class when not everybody reads it, and its own name."""
    secret = format_html(" {}", classification(record)) if record.classification in SECRET else ""
    native = format_html('<div class="small"><bdi lang="">{}</bdi></div>', native_name) if native_name else ""
    return format_html(
        '<a href="{}">{}</a> {}{}{}', record.get_absolute_url(), name, provenance(record), secret, native
    )


def place(record: Any) -> Any:
    """The narrowest place that is known of a record, and below it what that lies in."""
    city, region, country = record.city, record.region, record.country
    if not (city or region):
        return country or "–"
    around = [each for each in ((region if city else None), country) if each]
    return format_html('{}<div class="small">{}</div>', city or region, ", ".join(str(each) for each in around))


def own_region(record: Organisation) -> str:
    return _("Own region") if record.own_region else ""


def posts(record: Any) -> SafeString:
    """The posts held today, of `posts_seen`: those at organisations that the reader may see."""
    held = [post for post in record.posts_seen if post.held_today]
    rows = ((post.title, post.organisation.get_absolute_url(), post.organisation) for post in held)
    return format_html_join("", '<div>{}, <a href="{}">{}</a></div>', rows)


def status(record: Any) -> SafeString | str:
    """The status of a row of `queries.relations_with_status`, and since when."""
    if not record.current_status:
        return "–"
    since = _("since %(day)s") % {"day": long_date(record.status_since) if record.status_since else ""}
    shown = state(RelationStatus.Status(record.current_status))
    return format_html('{}<span class="small">{}</span>', shown, since)


def since(record: Relation) -> str:
    return long_date(record.since, record.since_precision) if record.since else "–"  # type: ignore[arg-type]


def next_end(record: Any) -> SafeString | str:
    return when(record.next_end) if record.next_end else "–"


def kind(record: Any) -> str:
    return record.get_kind_display()


def sector(record: Organisation) -> str:
    return or_dash(record.get_sector_display())


def signed_on(record: Agreement) -> str:
    return long_date(record.signed_on) if record.signed_on else ""


def end(record: Agreement) -> str:
    ends = record.ends_on()
    return long_date(ends) if ends else _("No end")


def agreement_state(record: Agreement) -> SafeString:
    asks = format_html('<span class="small">{}</span>', _("Decide: renew or end")) if record.asks_decision else ""
    return mark_safe(state(record.state_today) + asks)
