"""What was asked and what was decided, on which ground, and whether the advice was followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.casework.models import Decision
from hanze.evaluation.figures.registry import Definition, family, figure
from hanze.evaluation.figures.rows import decision_row, request_row, shown, together
from hanze.evaluation.records import Records
from hanze.reporting import Row

Outcome = Decision.Outcome
Ground = Decision.Ground
TAKEN_UP = (Outcome.TAKE_UP, Outcome.WITH_MEASURES)

GROUND_KEYS = {
    Ground.HIGH_RISK_SECTOR: "high_risk",
    Ground.SANCTIONS: "sanctions",
    Ground.HUMAN_RIGHTS: "human_rights",
    Ground.NATIONAL_POLICY: "national_policy",
    Ground.NO_DEMAND: "no_demand",
    Ground.NOT_OURS: "not_ours",
    Ground.CAPACITY: "capacity",
    Ground.OTHER: "other",
}


@figure("requests", gettext_lazy("Requests"), depends="request", note=gettext_lazy("Received in the period."))
def requests(records: Records) -> Iterable[Row]:
    return shown(request_row, records.requests)


@figure(
    "decisions",
    gettext_lazy("Decisions"),
    depends="request decision",
    note=gettext_lazy("Taken in the period."),
)
def decisions(records: Records) -> Iterable[Row]:
    return shown(decision_row, records.decisions)


@figure("taken_up", gettext_lazy("Taken up"), depends="request decision")
def taken_up(records: Records) -> Iterable[Row]:
    return _decided(records, Outcome.TAKE_UP)


@figure("taken_up_with_measures", gettext_lazy("Taken up with measures"), depends="request decision")
def taken_up_with_measures(records: Records) -> Iterable[Row]:
    return _decided(records, Outcome.WITH_MEASURES)


@figure("referred", gettext_lazy("Referred"), depends="request decision")
def referred(records: Records) -> Iterable[Row]:
    return _decided(records, Outcome.REFER)


@figure("refused", gettext_lazy("Refused"), depends="request decision")
def refused(records: Records) -> Iterable[Row]:
    return _decided(records, Outcome.REFUSE)


@figure("refused_high_risk", gettext_lazy("Refused: high-risk sector"), depends="request decision")
def refused_high_risk(records: Records) -> Iterable[Row]:
    return _decided(records, Outcome.REFUSE, Ground.HIGH_RISK_SECTOR)


@family
def by_ground(records: Records) -> Iterator[Definition]:
    """`refused_<ground>` and `referred_<ground>`: decisions by the ground on which they rest."""
    for outcome, name in ((Outcome.REFUSE, "refused"), (Outcome.REFER, "referred")):
        for ground, key in GROUND_KEYS.items():
            if (outcome, ground) == (Outcome.REFUSE, Ground.HIGH_RISK_SECTOR):
                continue
            yield Definition(
                f"{name}_{key}",
                _("%(outcome)s: %(ground)s") % {"outcome": outcome.label, "ground": ground.label},
                frozenset({"request", "decision"}),
                lambda found, outcome=outcome, ground=ground: _decided(found, outcome, ground),
                minor=True,
            )


@figure("advice_followed", gettext_lazy("Decisions as advised"), depends="request decision")
def advice_followed(records: Records) -> Iterable[Row]:
    return shown(decision_row, (each for each in records.decisions if not each.differs))


@figure("advice_departed", gettext_lazy("Decisions other than advised"), depends="request decision")
def advice_departed(records: Records) -> Iterable[Row]:
    def departure(decision: Decision) -> Row:
        row = decision_row(decision)
        return replace(row, detail=together((row.detail, decision.motivation)))

    return shown(departure, (each for each in records.decisions if each.differs))


@figure(
    "supported_investments",
    gettext_lazy("Supported investments"),
    depends="request decision",
    note=gettext_lazy("Requests to support an investment that were taken up."),
)
def supported_investments(records: Records) -> Iterable[Row]:
    taken = (each for each in records.decisions if each.outcome in TAKEN_UP and each.request.supported_investment)
    return shown(decision_row, taken)


def _decided(records: Records, outcome: Outcome, ground: Ground | None = None) -> Iterable[Row]:
    decided = (each for each in records.decisions if each.outcome == outcome)
    return shown(decision_row, (each for each in decided if ground is None or each.ground == ground))
