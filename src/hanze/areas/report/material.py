"""What the report of an initiative is made from, gathered once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hanze.areas import comparing, priorities, willing
from hanze.areas.comparing import Compared
from hanze.areas.models import Conclusion, Initiative, Meeting, Stance
from hanze.areas.priorities import Outcome
from hanze.areas.willing import Standing
from hanze.clusters.ranking.methods import Method
from hanze.reporting import Figure, Language, Row, counted


@dataclass(frozen=True, slots=True)
class Material:
    """One initiative with its latest conclusion, its comparison by one method, its parties and meetings."""

    initiative: Initiative
    language: Language
    method: Method
    outcome: Outcome | None
    compared: Compared | None
    conclusion: Conclusion | None
    standings: tuple[Standing, ...]
    meetings: tuple[Meeting, ...]

    @property
    def parties(self) -> int:
        return sum(len(each.parties) for each in self.standings)


def gather(initiative: Initiative, language: Language) -> Material:
    """All but the plan, as it is now."""
    conclusion = initiative.conclusions.select_related("area", "by").first()
    method = comparing.method_of(conclusion.method if conclusion else None)
    meetings = initiative.meetings.prefetch_related("answers__party", "follow_ups__owner").order_by("on", "pk")
    return Material(
        initiative=initiative,
        language=language,
        method=method,
        outcome=priorities.outcome(initiative),
        compared=comparing.compare(initiative, method),
        conclusion=conclusion,
        standings=willing.standings(initiative),
        meetings=tuple(meetings),
    )


def figures(material: Material) -> Iterable[Figure]:
    """What is counted outside the plan, with the records behind it."""
    initiative = material.initiative
    conditions = [Row("condition", str(each.pk), each.label) for each in initiative.conditions.all()]
    yield counted("conditions", _("Conditions"), conditions)
    voters = initiative.advisers.filter(votes__isnull=False).distinct()
    yield counted(
        "advisers", _("Members who gave points"), [Row("adviser", str(each.pk), each.name) for each in voters]
    )
    areas = [Row("area", each.code, each.name) for each in initiative.areas.all()]
    yield counted("areas", _("Candidate areas"), areas)
    everyone = [_party(each, party) for each in material.standings for party in each.parties]
    yield counted("parties", _("Parties that were asked"), everyone)
    for each in material.standings:
        if each.stance != Stance.ASKED:
            rows = [_party(each, party) for party in each.parties]
            yield counted(f"parties-{each.stance.value}", str(each.stance.label), rows)


def _party(standing: Standing, party: object) -> Row:
    return Row("party", str(party.pk), party.name, detail=str(standing.stance.label))  # type: ignore[attr-defined]
