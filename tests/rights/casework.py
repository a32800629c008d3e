"""Who may open which address of casework."""

from __future__ import annotations

from typing import Any

from django.core import signing

from hanze.accounts.models import Role, User
from hanze.casework.models import RequestDocument, RequestParticipant
from tests import factories
from tests.rights import COORDINATOR, EVERYBODY, OFFICER, READERS, REQUESTER, Row

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
ROWS_ASSESSMENT: list[Row] = []

ROWS = [*ROWS_INTAKE, *ROWS_ASSESSMENT]
