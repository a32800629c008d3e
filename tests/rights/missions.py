from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hanze.connections.operations import create_feed
from hanze.missions.models import Activity, ActivityDocument, Measure, Participation
from tests import factories
from tests.rights import AUDITOR, COMMUNICATIONS, COORDINATOR, COUNCIL, EVERYBODY, EXECUTIVE, OFFICER, READERS, Row

OFFICERS = {COORDINATOR, OFFICER}
PUBLISHERS = {COORDINATOR, COMMUNICATIONS}
# The council reads what is meant for it; these rows are about an internal activity.
INSIDE = READERS - {COUNCIL}
WHY = {"because": "Because"}


def _activity(**fields: Any) -> dict[str, Any]:
    return {"pk": factories.activity(**fields).pk}


def _on(**more: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {**_activity(), **more}


def _party(**fields: Any) -> dict[str, Any]:
    made = Participation.objects.create(activity=factories.activity(), organisation=factories.organisation(), **fields)
    return {"pk": made.activity.pk, "party": made.pk}


def _measure(key: str) -> Callable[[], dict[str, Any]]:
    def made() -> dict[str, Any]:
        words = {"code": "briefing", "label_nl": "Voorlichting", "label_en": "Briefing", "moment": "before"}
        measure = Measure.objects.create(activity=factories.activity(), **words)
        return {"pk": measure.activity.pk, "measure_pk": measure.pk, "key": key}

    return made


def _group() -> dict[str, Any]:
    activity = factories.activity()
    words = {"code": "self-scan", "label_nl": "Zelfscan", "label_en": "Self-scan", "moment": "before"}
    activity.party_measures.create(per="company", **words)
    activity.measures.create(organisation=factories.organisation(), **words)
    return {"pk": activity.pk, "code": "self-scan"}


def _cost() -> dict[str, Any]:
    cost = factories.activity().costs.create(category="travel", amount=10)
    return {"pk": cost.activity.pk, "key": "costs", "part": cost.pk}


def _agreement() -> dict[str, Any]:
    activity, agreement = factories.activity(), factories.agreement()
    activity.agreements.add(agreement)
    return {"pk": activity.pk, "agreement": agreement.pk}


def _contact() -> dict[str, Any]:
    activity, contact = factories.activity(), factories.contact_moment()
    activity.contact_moments.add(contact)
    return {"pk": activity.pk, "contact": contact.pk}


def _document() -> dict[str, Any]:
    activity = factories.activity()
    file = SimpleUploadedFile("report.pdf", b"%PDF-1.7")
    document = ActivityDocument.objects.create(activity=activity, title="Report", file=file)
    return {"pk": activity.pk, "document": document.pk}


def _published() -> dict[str, Any]:
    return _activity(
        classification="public",
        state=Activity.State.HELD,
        publication=Activity.Publication.PUBLISHED,
        public_report="Verslag",
    )


def _feed():
    return {"pk": create_feed(by=factories.user(OFFICER), name="Telephone")[0].pk}


def _secret():
    return {"secret": create_feed(by=factories.user(OFFICER), name="Telephone")[1]}


ROWS = [
    Row("missions:feed-list", READERS),
    # A feed is its owner's alone: nobody else may touch it, whatever her role.
    Row("missions:feed-renew", set(), _feed),
    Row("missions:feed-revoke", set(), _feed),
    Row("missions:feed", EVERYBODY, _secret, public=True),
    Row("missions:activity-calendar", INSIDE, _activity),
    Row("missions:activity-list", READERS),
    Row("missions:agenda", READERS),
    Row("missions:activity-new", OFFICERS),
    Row("missions:activity-detail", INSIDE, _activity),
    Row("missions:activity-detail", READERS, lambda: _activity(for_council=True)),
    Row("missions:activity-detail", READERS, lambda: _activity(classification="public")),
    Row(
        "missions:activity-detail", {COORDINATOR, EXECUTIVE, AUDITOR}, lambda: _activity(classification="confidential")
    ),
    Row("missions:activity-detail", {AUDITOR}, lambda: _activity(classification="restricted")),
    Row("missions:briefing", INSIDE, _activity),
    Row("missions:activity-change", OFFICERS, _on(section="basics")),
    Row(
        "missions:activity-change",
        {COORDINATOR},
        lambda: {**_activity(classification="confidential"), "section": "aim"},
    ),
    Row("missions:activity-move", OFFICERS, _on(key="confirm"), post={}),
    Row("missions:activity-move", OFFICERS, _on(key="cancel"), post=WHY),
    Row("missions:activity-report", PUBLISHERS, _activity),
    Row("missions:report-withdraw", PUBLISHERS, _published, post=WHY),
    Row("missions:measure-add", OFFICERS, _activity),
    Row("missions:measure-action", OFFICERS, _measure("settle"), post={"on": date(2024, 5, 1), "evidence": "Held"}),
    Row("missions:measure-action", {COORDINATOR}, _measure("waive"), post=WHY),
    Row("missions:measure-group", OFFICERS, _group),
    Row("missions:participation-add", OFFICERS, _activity),
    Row("missions:participation-change", OFFICERS, _party),
    Row("missions:participation-withdraw", OFFICERS, _party, post={"on": date(2024, 5, 1), **WHY}),
    Row(
        "missions:participation-return",
        OFFICERS,
        lambda: _party(state="withdrew", withdrew_on=date(2024, 5, 1), withdrew_because="Ill"),
        post={},
    ),
    Row("missions:participation-remove", OFFICERS, _party, post=WHY),
    Row("missions:agreement-add", OFFICERS, _activity),
    Row("missions:agreement-remove", OFFICERS, _agreement, post={}),
    Row("missions:contact-add", OFFICERS, _activity),
    Row("missions:contact-remove", OFFICERS, _contact, post={}),
    Row("missions:document-add", OFFICERS, _activity),
    Row("missions:document-download", INSIDE, _document),
    Row("missions:part-add", OFFICERS, _on(key="programme")),
    Row("missions:part-change", OFFICERS, _cost),
    Row("missions:part-remove", OFFICERS, _cost, post={}),
]
