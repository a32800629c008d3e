from __future__ import annotations

from datetime import date

from hanze.accounts.models import Role
from hanze.archive.models import Archiving, Disposal
from tests import factories
from tests.rights import ADMINISTRATOR, AUDITOR, COORDINATOR, Row


def _person(**fields: str) -> dict[str, int]:
    return {"pk": factories.person(**fields).pk}


def _term(**fields: str) -> dict[str, int]:
    request = factories.request(state="closed", closed_on=date(2001, 3, 1), **fields)
    return {"pk": Archiving.objects.get(record_id=str(request.pk)).pk}


def _disposal(state: str = "proposed") -> dict[str, int]:
    proposed_by = factories.user(Role.COORDINATOR)
    return {"pk": Disposal.objects.create(action="destroy", state=state, proposed_by=proposed_by).pk}


def _left() -> dict[str, int]:
    return {"pk": factories.user(Role.POLICY_OFFICER, is_active=False).pk}


ROWS = [
    Row("archive:personal-data", {COORDINATOR}, _person),
    Row("archive:personal-data", set(), lambda: _person(classification="restricted")),
    Row("archive:person-copy", {COORDINATOR}, _person, post={}),
    Row("archive:person-erase", {COORDINATOR}, _person),
    Row("archive:person-erase", {COORDINATOR}, _person, post={"reason": "At her own request"}),
    Row("archive:account-data", {ADMINISTRATOR}, _left),
    Row("archive:account-copy", {ADMINISTRATOR}, _left, post={}),
    Row("archive:account-erase", {ADMINISTRATOR}, _left),
    Row("archive:account-erase", {ADMINISTRATOR}, _left, post={"reason": "Left years ago"}),
    Row("archive:erasure-list", {COORDINATOR, AUDITOR, ADMINISTRATOR}),
    Row("archive:due", {COORDINATOR, AUDITOR}),
    Row("archive:due", {COORDINATOR}, post={"action": "destroy"}),
    Row("archive:terms-compute", {COORDINATOR}, post={}),
    Row("archive:term", {COORDINATOR}, _term),
    Row("archive:term", set(), lambda: _term(classification="restricted")),
    Row("archive:case-files", {COORDINATOR}, _term, post={}),
    Row("archive:case-files", set(), lambda: _term(classification="restricted"), post={}),
    Row("archive:disposal-list", {COORDINATOR, AUDITOR}),
    Row("archive:disposal", {COORDINATOR, AUDITOR}, _disposal),
    Row("archive:disposal-approve", {COORDINATOR}, _disposal, post={}),
    Row("archive:disposal-withdraw", {COORDINATOR}, _disposal, post={"reason": "Still in use"}),
    Row("archive:declaration", {COORDINATOR, AUDITOR}, lambda: _disposal("done")),
]
