"""How requests and contact moments stand in a cell of a list: functions of the record."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from hanze.accounts.addresses import address
from hanze.accounts.classification import Classification
from hanze.accounts.listing import or_dash
from hanze.accounts.marks import classification, provenance, state, when
from hanze.accounts.words import long_date
from hanze.casework.models import ContactMoment, Request

# What the cells of a request read, for a list that fetches no more than that.
REQUEST_FIELDS = (
    *("reference", "title", "title_en", "kind", "state", "due_on", "withdrawn_on", "classification", "provenance"),
    *("country__name_nl", "country__name_en", "responsible__name", "responsible__email"),
    *("decision__outcome", "decision__decided_on"),
)


def request_name(record: Any) -> SafeString:
    """A row of `queries.request_rows`."""
    asker = f" · {record.asker_name}" if record.asker_name else ""
    return format_html(
        '<a href="{}">{}</a> {}{}<span class="small">{}{}</span>',
        address("casework:request-detail", record.pk),
        record.name,
        _class_mark(record),
        provenance(record),
        record.reference,
        asker,
    )


def _class_mark(record: Any) -> SafeString:
    """Nothing for what is internal, as most records are."""
    return SafeString("") if record.classification == Classification.INTERNAL else classification(record)


def request_term(record: Any) -> SafeString:
    """When it is to be decided, or when that, or its withdrawal, was."""
    decision = getattr(record, "decision", None)
    if record.is_open:
        return when(record.due_on)
    settled = decision.decided_on if decision else record.withdrawn_on
    return format_html('<span class="small">{}</span>', long_date(settled)) if settled else SafeString("")


def request_state(record: Request) -> SafeString:
    """What was decided, or how far it is."""
    decision = getattr(record, "decision", None)
    if decision:
        return state(decision.outcome, decision.get_outcome_display())
    return state(record.state, record.get_state_display())


def kind(record: Request) -> str:
    return record.get_kind_display()


def country(record: Any) -> Any:
    return or_dash(record.country)


def responsible(record: Request) -> Any:
    return or_dash(record.responsible)


def held_on(record: ContactMoment) -> str:
    return long_date(record.held_on)


def contact_subject(record: ContactMoment) -> SafeString:
    there = address("casework:contact-detail", record.pk)
    return format_html('<a href="{}">{}</a> {}{}', there, record.subject, _class_mark(record), provenance(record))


def contact_with(record: Any) -> SafeString:
    """A row of `queries.contact_rows`."""
    with_whom = or_dash(record.organisation_name)
    return format_html('{}<span class="small">{}</span>', with_whom, record.get_counterpart_display())


def contact_request(record: Any) -> SafeString | str:
    if not record.request_reference:
        return "–"
    there = address("casework:request-detail", record.request_id)
    return format_html('<a href="{}">{}</a>', there, record.request_reference)
