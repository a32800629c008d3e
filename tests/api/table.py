"""Every operation of the API: the scope it needs, the roles that may, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from hanze.accounts.models import Role, User
from hanze.casework import operations as casework
from hanze.casework.models import Request
from hanze.claims.models import Claim
from hanze.connections.models import Application
from hanze.register.models import Agreement
from tests import factories
from tests.casework.weighing import answer_all

COORDINATOR, OFFICER, COMMUNICATIONS, COUNCIL, AUDITOR = (
    Role.COORDINATOR,
    Role.POLICY_OFFICER,
    Role.COMMUNICATIONS,
    Role.COUNCIL,
    Role.AUDITOR,
)
EVERY = set(Application.ROLES)
OFFICERS = {COORDINATOR, OFFICER}
OPEN = {"classification": "public", "for_council": True}
DAY = "2024-05-23"


@dataclass(frozen=True)
class Operation:
    """`path` makes what the operation needs (open to everybody) and gives its address; `body` makes what is sent."""

    id: str
    method: str
    template: str
    scope: str
    roles: set[Role]
    path: Callable[[], str]
    body: Callable[[], dict[str, Any]] | None = None
    ok: int = field(default=200)


def weighed(**answers: Any) -> Request:
    """A request with an advice that was presented."""
    coordinator: User = factories.user(Role.COORDINATOR)
    request = casework.receive_request(
        by=None,
        title="Open visit",
        kind="incoming-visit",
        sector="horticulture",
        country=factories.country(),
        received_on=date(2024, 2, 12),
        asked_by_text="Somebody",
        **OPEN,
    )
    answer_all(request, coordinator, **answers)
    casework.present(request, by=coordinator)
    return request


def _of(make: Callable[..., Any], name: str, after: str = "") -> Callable[[], str]:
    return lambda: f"{name}/{make(**OPEN).pk}{after}"


def _log_event() -> str:
    from hanze.audit.models import Event

    weighed()
    return f"log-events/{Event.objects.latest('pk').pk}"


def claim(**fields: Any) -> Claim:
    """What a source says of an organisation's website."""
    about = factories.organisation(**{**OPEN, **fields})
    said = {"fact": "website", "value": "https://region.example", "standing": "open", "source_kind": "document"}
    return Claim.objects.create(subject=about, source_name="A report", **said)


def _new_request() -> dict[str, Any]:
    factories.country()
    return {
        "title": "A visit",
        "kind": "incoming-visit",
        "countryCode": "CN",
        "sector": "horticulture",
        "askedByText": "Somebody",
        "participants": [{"nameText": "Li Wen"}],
    }


def _new_activity() -> dict[str, Any]:
    factories.country()
    new = {"title": "A mission", "kind": "talk", "sector": "water", "countryCode": "CN"}
    return {**new, "startsOn": DAY, "endsOn": DAY}


def _new_relation() -> dict[str, Any]:
    partner = factories.organisation(kind="government", country=factories.country(), **OPEN)
    status = {"status": "active", "statusSince": DAY, "decidedBy": "The board", "reason": "It serves us"}
    return {"partnerId": partner.pk, "kind": "project", **status}


def _new_agreement() -> dict[str, Any]:
    parties = [factories.organisation(**OPEN).pk for _ in range(2)]
    return {"title": "Together", "kind": "mou", "partyIds": parties, "signedOn": DAY}


def _reading(name: str, singular: str, roles: set[Role], one: Callable[[], str]) -> list[Operation]:
    scope = f"read:{name}"
    return [
        Operation(f"list{singular}", "get", f"/{name}", scope, roles, lambda: name),
        Operation(f"get{singular}", "get", f"/{name}/{{id}}", scope, roles, one),
    ]


def _writing(
    id: str, method: str, template: str, roles: set[Role], path: Callable[[], str], body: Callable[[], dict[str, Any]]
) -> Operation:
    scope = f"write:{template.split('/')[1]}"
    return Operation(id, method, template, scope, roles, path, body, 201 if method == "post" else 200)


TITLE: Callable[[], dict[str, Any]] = lambda: {"title": "Another"}  # noqa: E731
NAME: Callable[[], dict[str, Any]] = lambda: {"name": "Another"}  # noqa: E731
A_REQUEST = _of(factories.request, "requests")
AN_ACTIVITY = _of(factories.activity, "activities")


def _an_open_relation(after: str = "") -> str:
    partner = factories.organisation(kind="government", country=factories.country(), **OPEN)
    return f"relations/{factories.relation(partner=partner, **OPEN).pk}{after}"


def _figures(after: str = "") -> str:
    return f"evaluations/{factories.evaluation(**OPEN).pk}/figures{after}"


def _initiative(after: str) -> Callable[[], str]:
    return lambda: f"initiatives/{factories.initiative(**OPEN).pk}/{after}"


def _plan_figures() -> str:
    run = factories.made_plan(initiative=factories.initiative(**OPEN))
    return f"initiatives/{run.initiative_id}/plans/{run.pk}/figures"


def _known_on(one: Callable[[], str]) -> Callable[[], str]:
    return lambda: f"{one()}/known-on/{timezone.localdate()}"


def _new_claim() -> dict[str, Any]:
    about = {"about": "organisations", "aboutId": factories.organisation(**OPEN).pk}
    return {**about, "fact": "website", "value": "https://other.example", "source": {"name": "A report"}}


def _ready_to_weigh() -> Request:
    made = factories.request(**OPEN)
    made.participants.create(name_text="Delegation", screening="clear")
    answer_all(made, factories.user(Role.COORDINATOR))
    return made


def _weighing(id: str, name: str, body: Callable[[], dict[str, Any]]) -> Operation:
    def path() -> str:
        return f"requests/{_ready_to_weigh().pk}/{name}"

    return Operation(id, "post", f"/requests/{{id}}/{name}", "write:advice-receipts", OFFICERS, path, body, 201)


def _withdrawn(after: str) -> str:
    made = factories.request(**OPEN)
    casework.withdraw_request(made, by=None, because="Too late", on=made.received_on)
    return f"requests/{made.pk}{after}"


def _signed() -> Agreement:
    return factories.agreement(signed_on=date(2020, 1, 1), valid_until=date(2025, 1, 1), **OPEN)


def _with_a_measure(after: str) -> str:
    activity = factories.activity(**OPEN)
    words = {"code": "self-scan", "label_nl": "Zelfscan", "label_en": "Self-scan", "moment": "before"}
    measure = activity.measures.create(**words)
    return f"activities/{activity.pk}/measures/{measure.pk}{after}"


def _begun(after: str, state: str = "planned") -> str:
    day = date(2024, 5, 23)
    return f"activities/{factories.activity(starts_on=day, ends_on=day, state=state, **OPEN).pk}{after}"


OPERATIONS = [
    *_reading("organisations", "Organisation", EVERY, _of(factories.organisation, "organisations")),
    *_reading("people", "Person", EVERY, _of(factories.person, "people")),
    *_reading("relations", "Relation", EVERY, _an_open_relation),
    *_reading("agreements", "Agreement", EVERY, _of(factories.agreement, "agreements")),
    *_reading("requests", "Request", EVERY, A_REQUEST),
    *_reading("activities", "Activity", EVERY, AN_ACTIVITY),
    *_reading("initiatives", "Initiative", EVERY, _of(factories.initiative, "initiatives")),
    *(
        Operation(name, "get", f"/initiatives/{{id}}/{after}", "read:initiatives", EVERY, _initiative(after))
        for name, after in (
            ("listConditions", "conditions"),
            ("listAreas", "areas"),
            ("getRanking", "ranking"),
            ("listPlans", "plans"),
        )
    ),
    Operation(
        "listPlanFigures",
        "get",
        "/initiatives/{id}/plans/{plan}/figures",
        "read:initiatives",
        EVERY,
        _plan_figures,
    ),
    *_reading("evaluations", "Evaluation", EVERY, _of(factories.evaluation, "evaluations")),
    *_reading(
        "advice-receipts",
        "AdviceReceipt",
        EVERY - {COUNCIL},
        lambda: f"advice-receipts/{weighed().receipts.all()[0].pk}",
    ),
    *_reading("log-events", "LogEvent", {AUDITOR}, _log_event),
    *_reading("claims", "Claim", EVERY, lambda: f"claims/{claim().pk}"),
    Operation("getClaimSides", "get", "/claims/{id}/sides", "read:claims", EVERY, lambda: f"claims/{claim().pk}/sides"),
    Operation("listContradiction", "get", "/contradictions", "read:claims", EVERY, lambda: "contradictions"),
    *(
        Operation(
            f"get{singular}KnownOn", "get", f"/{name}/{{id}}/known-on/{{day}}", f"read:{name}", EVERY, _known_on(one)
        )
        for name, singular, one in (
            ("organisations", "Organisation", _of(factories.organisation, "organisations")),
            ("people", "Person", _of(factories.person, "people")),
            ("relations", "Relation", _an_open_relation),
            ("agreements", "Agreement", _of(factories.agreement, "agreements")),
            ("activities", "Activity", AN_ACTIVITY),
        )
    ),
    _writing("addClaim", "post", "/claims", OFFICERS, lambda: "claims", _new_claim),
    _writing(
        "withdrawClaim",
        "post",
        "/claims/{id}/withdrawal",
        OFFICERS,
        lambda: f"claims/{claim().pk}/withdrawal",
        lambda: {"because": "Misread"},
    ),
    Operation(
        "decideClaim",
        "post",
        "/claims/{id}/decision",
        "decide:claims",
        OFFICERS,
        lambda: f"claims/{claim().pk}/decision",
        lambda: {"reason": "The report is right"},
        201,
    ),
    _weighing("answerQuestion", "answers", lambda: {"fact": "dual_use", "value": False}),
    _weighing("weighRequest", "advice", dict),
    _weighing("presentAdvice", "presentation", dict),
    Operation(
        "decideRequest",
        "post",
        "/requests/{id}/decision",
        "decide:requests",
        {COORDINATOR},
        lambda: f"requests/{weighed(within_remit=False).pk}/decision",
        lambda: {"outcome": "refer", "ground": "not-ours", "referredTo": "The province"},
        201,
    ),
    _writing("closeRequest", "post", "/requests/{id}/closing", OFFICERS, lambda: _withdrawn("/closing"), dict),
    _writing(
        "renewAgreement",
        "post",
        "/agreements/{id}/renewals",
        OFFICERS,
        lambda: f"agreements/{_signed().pk}/renewals",
        lambda: {"renewedOn": DAY, "validUntil": "2030-01-01"},
    ),
    _writing(
        "endAgreement",
        "post",
        "/agreements/{id}/ending",
        OFFICERS,
        lambda: f"agreements/{_signed().pk}/ending",
        lambda: {"on": DAY, "because": "Done"},
    ),
    _writing(
        "settleMeasure",
        "post",
        "/activities/{id}/measures/{measure}/settlement",
        OFFICERS,
        lambda: _with_a_measure("/settlement"),
        lambda: {"evidence": "The minutes"},
    ),
    _writing(
        "waiveMeasure",
        "post",
        "/activities/{id}/measures/{measure}/waiver",
        {COORDINATOR},
        lambda: _with_a_measure("/waiver"),
        lambda: {"because": "Not needed here"},
    ),
    _writing("holdActivity", "post", "/activities/{id}/holding", OFFICERS, lambda: _begun("/holding"), dict),
    _writing("closeActivity", "post", "/activities/{id}/closing", OFFICERS, lambda: _begun("/closing", "held"), dict),
    Operation("listFigures", "get", "/evaluations/{id}/figures", "read:evaluations", EVERY, _figures),
    Operation(
        "getFigure",
        "get",
        "/evaluations/{id}/figures/{key}",
        "read:evaluations",
        EVERY,
        lambda: _figures("/distinct_parties"),
    ),
    _writing(
        "addOrganisation",
        "post",
        "/organisations",
        OFFICERS,
        lambda: "organisations",
        lambda: {"name": "New", "kind": "business"},
    ),
    _writing(
        "changeOrganisation",
        "patch",
        "/organisations/{id}",
        OFFICERS,
        _of(factories.organisation, "organisations"),
        NAME,
    ),
    _writing("addPerson", "post", "/people", OFFICERS, lambda: "people", NAME),
    _writing("changePerson", "patch", "/people/{id}", OFFICERS, _of(factories.person, "people"), NAME),
    _writing(
        "addPost",
        "post",
        "/people/{id}/posts",
        OFFICERS,
        _of(factories.person, "people", "/posts"),
        lambda: {"organisationId": factories.organisation(**OPEN).pk, "title": "Director"},
    ),
    _writing("addRelation", "post", "/relations", {COORDINATOR}, lambda: "relations", _new_relation),
    _writing(
        "changeRelation", "patch", "/relations/{id}", {COORDINATOR}, _an_open_relation, lambda: {"purpose": "Another"}
    ),
    _writing(
        "addRelationStatus",
        "post",
        "/relations/{id}/statuses",
        {COORDINATOR},
        lambda: _an_open_relation("/statuses"),
        lambda: {"status": "dormant", "since": DAY, "decidedBy": "The board", "reason": "Nothing happens"},
    ),
    _writing("addAgreement", "post", "/agreements", OFFICERS, lambda: "agreements", _new_agreement),
    _writing("changeAgreement", "patch", "/agreements/{id}", OFFICERS, _of(factories.agreement, "agreements"), TITLE),
    _writing("receiveRequest", "post", "/requests", OFFICERS, lambda: "requests", _new_request),
    _writing("changeRequest", "patch", "/requests/{id}", OFFICERS, A_REQUEST, TITLE),
    _writing(
        "addRequestParticipant",
        "post",
        "/requests/{id}/participants",
        OFFICERS,
        _of(factories.request, "requests", "/participants"),
        lambda: {"nameText": "Li Wen"},
    ),
    _writing(
        "withdrawRequest",
        "post",
        "/requests/{id}/withdrawal",
        OFFICERS,
        _of(factories.request, "requests", "/withdrawal"),
        lambda: {"because": "Too late", "on": DAY},
    ),
    _writing("planActivity", "post", "/activities", OFFICERS, lambda: "activities", _new_activity),
    _writing("changeActivity", "patch", "/activities/{id}", OFFICERS, AN_ACTIVITY, TITLE),
    _writing(
        "addActivityParticipant",
        "post",
        "/activities/{id}/participants",
        OFFICERS,
        _of(factories.activity, "activities", "/participants"),
        lambda: {"organisationId": factories.organisation(**OPEN).pk},
    ),
    _writing(
        "confirmActivity",
        "post",
        "/activities/{id}/confirmation",
        OFFICERS,
        _of(factories.activity, "activities", "/confirmation"),
        dict,
    ),
    _writing(
        "cancelActivity",
        "post",
        "/activities/{id}/cancellation",
        OFFICERS,
        _of(factories.activity, "activities", "/cancellation"),
        lambda: {"because": "Nobody comes"},
    ),
]
