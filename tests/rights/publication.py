from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from hanze.publication.operations import publish
from hanze.register.models import Agreement, AgreementDocument
from hanze.register.operations import attach
from tests import factories
from tests.rights import AUDITOR, COMMUNICATIONS, COORDINATOR, EVERYBODY, Row

PUBLISHERS = {COORDINATOR, COMMUNICATIONS}


def _agreement(**fields: str) -> dict[str, Any]:
    return {"kind": "agreements", "pk": factories.agreement(**{"classification": "public", **fields}).pk}


def _published() -> dict[str, Any]:
    made = factories.agreement(classification="public")
    publish("agreements", made, by=None)
    return {"kind": "agreements", "pk": made.pk}


def _document(**fields: str) -> dict[str, Any]:
    made = factories.agreement(**{"classification": "public", **fields})
    kept = attach(by=None, attachment_model=AgreementDocument, parent=made, title="Text", file=text_file())
    return {"kind": "agreements", "pk": made.pk, "key": str(kept.pk)}


def _with_a_document() -> dict[str, Any]:
    at = _document()
    publish("agreements", Agreement.objects.get(pk=at["pk"]), by=None, documents=[at["key"]])
    return {"kind": "agreements", "pk": at["pk"], "number": 1}


def text_file() -> ContentFile:
    return ContentFile(b"What was agreed", name="text.txt")


ROWS = [
    Row("publication:home", EVERYBODY, public=True),
    Row("publication:feed", EVERYBODY, public=True),
    Row("publication:catalog", EVERYBODY, public=True),
    Row("publication:catalog-ttl", EVERYBODY, public=True),
    Row("publication:catalog-jsonld", EVERYBODY, public=True),
    Row("publication:data-csv", EVERYBODY, lambda: {"kind": "travel"}, public=True),
    Row("publication:data-json", EVERYBODY, lambda: {"kind": "travel"}, public=True),
    Row("publication:items", EVERYBODY, lambda: {"kind": "evaluations"}, public=True),
    Row("publication:item", EVERYBODY, _published, public=True),
    Row("publication:document", EVERYBODY, _with_a_document, public=True),
    Row("publication:document-preview", PUBLISHERS, _document),
    Row("publication:document-preview", {COORDINATOR}, lambda: _document(classification="confidential")),
    Row("publication:item-list", PUBLISHERS | {AUDITOR}),
    Row("publication:publish", PUBLISHERS, _agreement),
    Row("publication:publish", PUBLISHERS, _agreement, post={}),
    Row("publication:publish", {COORDINATOR}, lambda: _agreement(classification="confidential")),
    Row("publication:publish", set(), lambda: _agreement(classification="restricted")),
    Row("publication:withdraw", PUBLISHERS, _published, post={"because": "A mistake"}),
]
