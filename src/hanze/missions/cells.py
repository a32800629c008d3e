"""How activities stand in the cells of their list: functions of the record."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.marks import classification, provenance, state
from hanze.accounts.words import period
from hanze.missions.models import Activity

# What the cells read, for a list that fetches no more than that.
FIELDS = (
    *("title", "title_en", "kind", "is_exploratory", "sector", "state", "classification", "provenance"),
    *("starts_on", "ends_on", "date_precision", "country__name_nl", "country__name_en"),
    *("leader__name", "leader__email", "responsible__name", "responsible__email"),
)


def activity_row(record: Any) -> SafeString:
    """A row of the list: one of the activities of `queries.with_open_measures`."""
    return format_html(
        '<tr><td class="missions-when">{}</td><td>{}</td><td>{}</td><td>{}</td><td class="num">{}</td><td>{}</td></tr>',
        period(record.starts_on, record.ends_on, record.date_precision),
        _name(record),
        record.country,
        _people(record),
        record.open_measures or format_html('<span class="small">{}</span>', _("none")),
        state(record.state, record.get_state_display()),
    )


def _name(activity: Activity) -> SafeString:
    internal = activity.classification == Classification.INTERNAL
    kind = activity.get_kind_display() + (f", {_('exploratory')}" if activity.is_exploratory else "")
    return format_html(
        '<a href="{}">{}</a> {}{}<span class="small">{} · {}</span>',
        activity.get_absolute_url(),
        activity,
        "" if internal else format_html("{} ", classification(activity)),
        provenance(activity),
        kind,
        activity.get_sector_display(),
    )


def _people(activity: Activity) -> SafeString:
    """Who leads it, and who is responsible."""
    responsible = activity.responsible
    shown = format_html('<span class="small">{}</span>', responsible) if responsible else ""
    return format_html("{}{}", activity.leader or "", shown)
