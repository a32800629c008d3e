"""The log in the API, for an auditor's application without highest class: it tells of records of every class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import rules
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.accounts.permissions import is_auditor
from hanze.audit.models import Event
from hanze.audit.registry import sentence
from hanze.connections.api import resources
from hanze.connections.api.resources import Filters, Resource
from hanze.connections.api.schemas import Answer, Day, Moment, Words
from hanze.web.views.log import readable


@rules.predicate
def reads_every_class(user: User) -> bool:
    """No highest class keeps any record from this person or application."""
    return user.ceiling in (None, Classification.RESTRICTED)


rules.add_perm("web.read_whole_log", is_auditor & reads_every_class)


class LogEventAnswer(Answer):
    """One event of the log, with its sentence in the language that was asked for."""

    id: int
    url: str
    at: Moment
    name: str
    sentence: str
    actor: str
    subject_type: str
    subject_id: str
    subject: str
    case_type: str
    case_id: str
    reason: str
    data: dict[str, Any]


class LogFilters(Filters):
    name: Words = ""
    subject_type: Words = ""
    subject_id: Words = ""
    since: Day | None = None
    until: Day | None = None

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        given = {
            "name": self.name,
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "at__date__gte": self.since,
            "at__date__lte": self.until,
        }
        return rows.filter(**{name: value for name, value in given.items() if value})


def event_rows(reader: User) -> QuerySet[Event]:
    seen = readable(reader) if reader.has_perm("web.read_whole_log") else Event.objects.none()
    return seen.order_by("-at", "-pk")


def show_events(rows: Sequence[Event], reader: User) -> list[LogEventAnswer]:
    return [
        LogEventAnswer(
            id=each.pk,
            url=LOG.address(each.pk),
            at=each.at,
            name=each.name,
            sentence=sentence(each),
            actor=each.actor_name,
            subject_type=each.subject_type,
            subject_id=each.subject_id,
            subject=each.subject_label,
            case_type=each.case_type,
            case_id=each.case_id,
            reason=each.reason,
            data=each.data,
        )
        for each in rows
    ]


LOG = Resource(
    "log-events",
    _("Read the log"),
    Event,
    LogEventAnswer,
    "web.read_whole_log",
    event_rows,
    show_events,
    LogFilters,
)
ROUTERS: dict[str, Router] = {"log-events": resources.register(LOG)}
