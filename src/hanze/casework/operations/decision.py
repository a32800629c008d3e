"""Deciding on a request, by the one whom the framework names, on the advice as it was presented."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import Role, User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.casework.advice import advise, latest, weighs_the_same
from hanze.casework.models import ContactMoment, Decision, Receipt, Request
from hanze.casework.states import lock, move

Outcome = Decision.Outcome
NEEDS_GROUND = frozenset({Outcome.REFER, Outcome.REFUSE})
CONSULT_FIRST = "escalate"


@transaction.atomic
def decide(
    request: Request,
    *,
    by: User,
    outcome: str,
    motivation: str = "",
    ground: str = "",
    referred_to: str = "",
    decided_on: date | None = None,
) -> Decision:
    """Decide on an advised request. A decision is final: nothing changes or removes it.

    Differing from the advice, any decision after an advice to consult the State, and taking up on an advice with open
    questions need a motivation; a refusal or referral needs a ground, a referral also whom it is referred to.
    Raises PermissionDenied; ValidationError (fields) for these rules, when the request is not advised, and when its
    facts changed since the advice.
    """
    require(by, "casework.decide_request", request)
    lock(request)
    receipt = latest(request)
    if request.state != Request.State.ADVISED or receipt is None:
        raise ValidationError(_("There is no advice that was presented for decision."), code="state")
    decision = Decision(
        request=request,
        receipt=receipt,
        outcome=outcome,
        differs=differs(receipt, outcome),
        motivation=motivation.strip(),
        ground=ground if outcome in NEEDS_GROUND else "",
        referred_to=referred_to.strip() if outcome == Outcome.REFER else "",
        decided_by=by,
        decided_on=decided_on or timezone.localdate(),
    )
    check(decision)
    decision.save()
    move(request, Request.State.DECIDED)
    record(
        "request.decided",
        by=by,
        subject=request,
        reason=decision.motivation,
        outcome=str(decision.outcome),
        advice=receipt.outcome,
        differs=decision.differs,
        ground=str(decision.ground),
        decided_on=decision.decided_on,
    )
    return decision


def check(decision: Decision) -> None:
    """Raise ValidationError (fields) when the decision may not be taken like this."""
    decision.full_clean(exclude=["request"])
    wrong = {**_missing_words(decision), **_wrong_day(decision)}
    if decision.differs and not decision.decided_by.has_role(Role.EXECUTIVE):
        wrong["outcome"] = _("Only the executive can decide otherwise than the advice.")
    if wrong:
        raise ValidationError(wrong)
    if must_consult(decision.receipt) and not consulted(decision.request, decision.decided_on):
        raise ValidationError(
            _("The advice is to consult the State first. Record that contact with this request, then decide."),
            code="not-consulted",
        )
    now = advise(decision.request, decision.decided_on)
    if now is None or not weighs_the_same(decision.receipt.content, now.content()):
        raise ValidationError(
            _("The facts are no longer those of the advice. It has to be weighed and presented again."), code="outdated"
        )


def differs(receipt: Receipt, outcome: str) -> bool:
    """Whether an outcome is another one than the advice; after an advice to consult every outcome is open."""
    return receipt.outcome not in (outcome, CONSULT_FIRST)


def must_consult(receipt: Receipt) -> bool:
    """Whether the advice is to consult the State before anything is decided."""
    return receipt.outcome == CONSULT_FIRST


def consulted(request: Request, until: date) -> bool:
    """Whether the national government was spoken to about this request."""
    return request.contact_moments.filter(counterpart__in=ContactMoment.NATIONAL, held_on__lte=until).exists()


def _missing_words(decision: Decision) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not decision.motivation:
        if decision.differs:
            wrong["motivation"] = _("This differs from the advice. Say why.")
        elif must_consult(decision.receipt):
            wrong["motivation"] = _("Say what the State advised and why you decide this.")
        elif decision.outcome not in NEEDS_GROUND and not decision.receipt.is_final:
            wrong["motivation"] = _("Questions are still open, and unknown is not harmless. Say why you take it up.")
    if decision.outcome in NEEDS_GROUND and not decision.ground:
        wrong["ground"] = _("Choose the ground; the letter names it.")
    if decision.outcome == Outcome.REFER and not decision.referred_to:
        wrong["referred_to"] = _("Say to whom the request is referred; the letter names it.")
    return wrong


def _wrong_day(decision: Decision) -> dict[str, str]:
    if decision.decided_on > timezone.localdate():
        return {"decided_on": _("A decision cannot be dated in the future.")}
    if decision.decided_on < decision.request.received_on:
        return {"decided_on": _("The request had not been received yet on that day.")}
    return {}
