"""A small year with China: enough that every figure counts something, and every number differs from its neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hanze.casework.models import Decision, Receipt
from hanze.evaluation.models import Evaluation, Recommendation, RecordedYear
from hanze.missions.models import Activity, Cost, Measure, Participation, Topic
from hanze.register.models import Agreement, Organisation
from tests import factories

FRAMEWORK = "zh-china"
Kind = Activity.Kind


@dataclass
class Year:
    """The records of the year, by what they are in the tests."""

    evaluation: Evaluation
    delegation: Activity
    mission: Activity
    talk: Activity
    exploratory: Activity
    elsewhere: Activity
    regular: Organisation
    grower: Organisation
    newcomer: Organisation
    withdrew: Participation
    agreement: Agreement
    refusal: Decision
    taken_up: Decision
    contact: Any
    measure: Measure
    waived: Measure
    cost: Cost
    recommendation: Recommendation
    earlier: Recommendation


def attend(activity: Activity, organisation: Organisation, **fields: Any) -> Participation:
    return Participation.objects.create(
        **{"activity": activity, "organisation": organisation, "state": "attended", **fields}
    )


def held(title: str, kind: str, month: int, **fields: Any) -> Activity:
    day = date(2024, month, 14)
    return factories.activity(
        **{
            "title": title,
            "title_en": f"{title} (en)",
            "kind": kind,
            "starts_on": day,
            "ends_on": day,
            "state": "held",
            "framework": FRAMEWORK,
            **fields,
        }
    )


def decided(outcome: str, ground: str = "", applied: tuple[str, ...] = (), **fields: Any) -> Decision:
    request = factories.request(state="decided", **fields)
    lines = [{"table": line, "state": "applied"} for line in applied]
    receipt = Receipt.objects.create(
        request=request,
        framework=FRAMEWORK,
        version=date(2024, 1, 1),
        outcome=outcome,
        content={"lines": lines, "outcome": {"label": {"nl": "Advies", "en": "Advice"}}},
        content_hash="0" * 64,
    )
    return Decision.objects.create(
        request=request,
        receipt=receipt,
        outcome=outcome,
        ground=ground,
        decided_by=factories.user(),
        decided_on=date(2024, 4, 1),
    )


def small_year() -> Year:
    """Make the year. Two parties from the region attend twice and one once: three parties, five attendances."""
    RecordedYear.objects.create(year=2024)
    home = factories.home()
    china, france = factories.country("CN"), factories.country("FR")
    regular, grower, newcomer = (factories.organisation(name=name, own_region=True) for name in "ABC")
    foreign = factories.organisation(name="Abroad", country=china)
    ministry = factories.organisation(name="Ministry", kind="government")
    taken_up = decided("take-up-with-measures", applied=("economic-1",))
    refusal = decided("refuse", "no-demand", country=china)
    delegation = held("Delegatie", Kind.INCOMING_DELEGATION, 5, request=taken_up.request)
    mission = held("Missie", Kind.OUTGOING_MISSION, 6)
    talk = held("Gesprek", Kind.TALK, 11)
    exploratory = held("Verkenning", Kind.TALK, 2, is_exploratory=True)
    elsewhere = held("Bezoek uit Frankrijk", Kind.INCOMING_DELEGATION, 3, country=france, framework="")
    for activity, parties in ((delegation, (regular, grower)), (mission, (regular, grower, newcomer))):
        for party in (*parties, foreign, home):
            attend(activity, party)
    attend(elsewhere, newcomer)
    quitter = factories.organisation(name="Quitter", own_region=True)
    withdrew = attend(mission, quitter, state="withdrew", withdrew_because="Te druk")
    Topic.objects.create(activity=mission, subject="Eigendom", subject_en="Property", line="economic-5")
    agreement = factories.agreement(home, foreign, signed_on=date(2024, 6, 15), title="MoU")
    mission.agreements.add(agreement)
    measure = Measure.objects.create(
        activity=delegation,
        code="briefing",
        framework=FRAMEWORK,
        line="economic-3",
        label_nl="Voorlichting",
        label_en="Briefing",
        moment="before",
        state="done",
    )
    waived = Measure.objects.create(
        activity=mission,
        code="report",
        framework=FRAMEWORK,
        line="human-rights-4",
        label_nl="Openbaar verslag",
        label_en="Public report",
        moment="after",
        state="waived",
        waived_because="Niets te melden",
    )
    evaluation = factories.evaluation(title_nl="Evaluatie 2024", title_en="Evaluation 2024", country=china)
    return Year(
        evaluation=evaluation,
        delegation=delegation,
        mission=mission,
        talk=talk,
        exploratory=exploratory,
        elsewhere=elsewhere,
        regular=regular,
        grower=grower,
        newcomer=newcomer,
        withdrew=withdrew,
        agreement=agreement,
        refusal=refusal,
        taken_up=taken_up,
        contact=factories.contact_moment(organisation=ministry, country=china),
        measure=measure,
        waived=waived,
        cost=Cost.objects.create(activity=mission, category="travel", amount=Decimal("1250.50")),
        recommendation=Recommendation.objects.create(
            evaluation=evaluation, year=2024, number=1, text_nl="Ga door", text_en="Go on", country=china
        ),
        earlier=Recommendation.objects.create(
            year=2023, number=1, text_nl="Vraaggericht", text_en="Demand-driven", country=china, follow_up="done"
        ),
    )
