from __future__ import annotations

from tests import factories
from tests.rights import AUDITOR, COORDINATOR, Row


def _person(**fields: str) -> dict[str, int]:
    return {"pk": factories.person(**fields).pk}


ROWS = [
    Row("archive:personal-data", {COORDINATOR}, _person),
    Row("archive:personal-data", set(), lambda: _person(classification="restricted")),
    Row("archive:person-copy", {COORDINATOR}, _person, post={}),
    Row("archive:person-erase", {COORDINATOR}, _person),
    Row("archive:person-erase", {COORDINATOR}, _person, post={"reason": "At her own request"}),
    Row("archive:erasure-list", {COORDINATOR, AUDITOR}),
]
