"""The API asked at random from its own document: it never breaks, and gives nothing hidden away."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from hanze.config.api import document
from tests import factories
from tests.connections.making import ApiClient, application, token
from tests.leaks.neighbours import Neighbourhood, leaks

pytestmark = pytest.mark.django_db

EXAMPLES = 6
SCHEMA = schemathesis.openapi.from_dict(document())
OPERATIONS = {
    f"{operation.method} {operation.path}": operation
    for operation in (result.ok() for result in SCHEMA.get_all_operations())
    if operation.path != "/openapi.json"
}


def send(calls: ApiClient, case: Any) -> Any:
    """What the API answers to a generated case."""
    path = case.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    asked = urlencode(dict(case.query or {}), doseq=True, errors="replace")
    body = b"" if isinstance(case.body, type(None)) or not _is_json(case.body) else json.dumps(case.body).encode()
    return calls._client.generic(case.method, f"/api/v1{path}?{asked}", body, content_type="application/json")


def _is_json(body: Any) -> bool:
    return isinstance(body, dict | list | str | int | float | bool)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_whatever_is_sent_the_answer_is_one_of_the_documented_ones_and_gives_nothing_away(
    name: str, mode: GenerationMode, around: dict[str, Neighbourhood]
) -> None:
    operation = OPERATIONS[name]
    calls = ApiClient(token(application("coordinator", "internal"))[1])
    hubs = [hub.pk for near in around.values() for hub in near.hubs.values() if hasattr(hub, "pk")]
    plan = factories.made_plan(initiative=around["internal"].hubs["initiative"])
    try:
        cases = operation.as_strategy(generation_mode=mode)
    except Exception as error:
        pytest.skip(f"nothing can be wrong about it: {error}")

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, pk=st.sampled_from(hubs))
    def ask(case: Any, pk: int) -> None:
        if "id" in (case.path_parameters or {}) and mode is GenerationMode.POSITIVE:
            case.path_parameters["id"] = pk
        if "plan" in (case.path_parameters or {}) and mode is GenerationMode.POSITIVE:
            case.path_parameters |= {"id": plan.initiative_id, "plan": plan.pk}
        with transaction.atomic():
            answer = send(calls, case)
            transaction.set_rollback(True)
        assert answer.status_code < 500, answer.content
        assert str(answer.status_code) in operation.definition.raw["responses"] or answer.status_code in (404, 405)
        assert leaks(answer.content.decode(), "policy-officer", around) == []

    ask()
