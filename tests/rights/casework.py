"""Who may open which address of casework."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.utils import timezone

from hanze.accounts.models import Role, User
from hanze.casework import operations
from hanze.casework.models import RequestDocument, RequestParticipant
from tests import factories
from tests.casework.weighing import advised
from tests.rights import (
    AUDITOR,
    COORDINATOR,
    EVERYBODY,
    EXECUTIVE,
    OFFICER,
    READERS,
    REQUESTER,
    STAFF,
    Row,
)

OFFICERS = {COORDINATOR, OFFICER}
# An internal request is for everybody inside; council members read what is public or meant for them.
INSIDE = READERS - {Role.COUNCIL}


def _request() -> dict[str, Any]:
    return {"pk": factories.request().pk}


def _open_request() -> dict[str, Any]:
    return {"pk": factories.request(state="decided").pk}


def _participant() -> dict[str, Any]:
    request = factories.request()
    return {"pk": request.pk, "participant_pk": RequestParticipant.objects.create(request=request, name_text="X").pk}


def _document() -> dict[str, Any]:
    from django.core.files.base import ContentFile

    request = factories.request()
    document = RequestDocument(request=request, title="Letter", content_type="text/plain")
    document.file.save("letter.txt", ContentFile(b"Dear region"))
    return {"pk": request.pk, "document_pk": document.pk}


def _contact() -> dict[str, Any]:
    return {"pk": factories.contact_moment().pk}


def _own_request() -> dict[str, Any]:
    requester = User.objects.filter(roles_held__role=Role.REQUESTER).first() or factories.user(Role.REQUESTER)
    return {"pk": factories.request(submitted_by=requester).pk}


ROWS_INTAKE = [
    Row("casework:contact-list", READERS),
    Row("casework:contact-create", OFFICERS),
    Row("casework:contact-detail", INSIDE, _contact),
    Row("casework:contact-change", OFFICERS, _contact),
    Row("casework:own-request-list", {REQUESTER}),
    Row("casework:own-request-create", {REQUESTER}),
    Row("casework:own-request-detail", {REQUESTER}, _own_request),
    Row("casework:own-request-withdraw", {REQUESTER}, _own_request),
    Row("casework:public-request", EVERYBODY, public=True),
    Row(
        "casework:public-request-sent",
        EVERYBODY,
        lambda: {"sent": signing.dumps("2024-001", salt="hanze.casework.sent")},
        public=True,
    ),
    Row("casework:request-list", READERS),
    Row("casework:request-create", OFFICERS),
    Row("casework:request-earlier", OFFICERS),
    Row("casework:request-options", READERS),
    Row("casework:request-detail", INSIDE, _request),
    Row("casework:request-change", OFFICERS, _request),
    Row("casework:request-close", OFFICERS, _open_request),
    Row("casework:request-withdraw", OFFICERS, _request),
    Row("casework:document-add", OFFICERS, _request, post={}, ok=(302, 422)),
    Row("casework:document-download", INSIDE, _document),
    Row("casework:participant-add", OFFICERS, _request, post={"name_text": "Somebody", "role": "host"}),
    Row("casework:participant-remove", OFFICERS, _participant, post={}),
    Row("casework:participant-screen", OFFICERS, _participant, post={}, ok=(302, 422)),
]


def _receipt() -> dict[str, Any]:
    request = factories.request()
    return {"pk": request.pk, "receipt": operations.assess(request, by=None).pk}


def _advised() -> dict[str, Any]:
    return {"pk": advised(factories.user(Role.POLICY_OFFICER)).pk}


def _for_coordinator() -> dict[str, Any]:
    return {"pk": advised(factories.user(Role.POLICY_OFFICER), within_remit=False).pk}


def _decided() -> dict[str, Any]:
    request = advised(factories.user(Role.POLICY_OFFICER))
    executive = factories.user(Role.EXECUTIVE)
    operations.decide(request, by=executive, outcome="take-up-with-measures", decided_on=timezone.localdate())
    return {"pk": request.pk}


# Weighing and deciding are internal: administrators and council members do not read them.
WEIGHERS = STAFF | {AUDITOR}
ROWS_ASSESSMENT = [
    Row("casework:assessment", WEIGHERS, _request),
    Row("casework:assessment-start", OFFICERS, _request, post={}),
    Row("casework:assessment-weigh", OFFICERS, _request, post={}),
    Row("casework:assessment-answer", OFFICERS, lambda: _request() | {"fact": "dual_use"}, post={"answer": "no"}),
    Row("casework:assessment-present", OFFICERS, _request),
    Row("casework:assessment-present", OFFICERS, _request, post={}),
    Row("casework:receipt", WEIGHERS, _receipt),
    Row("casework:receipt-json", WEIGHERS, _receipt),
    Row("casework:decision", {EXECUTIVE}, _advised),
    Row("casework:decision", {EXECUTIVE, COORDINATOR}, _for_coordinator),
    Row("casework:decision", WEIGHERS, _decided),
    Row("casework:decision-letter", WEIGHERS, _decided),
]

ROWS = [*ROWS_INTAKE, *ROWS_ASSESSMENT]
