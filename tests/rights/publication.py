from __future__ import annotations

from typing import Any

from hanze.publication.operations import publish
from tests import factories
from tests.rights import AUDITOR, COMMUNICATIONS, COORDINATOR, EVERYBODY, Row

PUBLISHERS = {COORDINATOR, COMMUNICATIONS}


def _agreement(**fields: str) -> dict[str, Any]:
    return {"kind": "agreements", "pk": factories.agreement(**{"classification": "public", **fields}).pk}


def _published() -> dict[str, Any]:
    made = factories.agreement(classification="public")
    publish("agreements", made, by=None)
    return {"kind": "agreements", "pk": made.pk}


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
    Row("publication:item-list", PUBLISHERS | {AUDITOR}),
    Row("publication:publish", PUBLISHERS, _agreement),
    Row("publication:publish", PUBLISHERS, _agreement, post={}),
    Row("publication:publish", {COORDINATOR}, lambda: _agreement(classification="confidential")),
    Row("publication:publish", set(), lambda: _agreement(classification="restricted")),
    Row("publication:withdraw", PUBLISHERS, _published, post={"because": "A mistake"}),
]
