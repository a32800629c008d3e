"""Weighing a request: answers to what the records do not tell, advice computed and kept, advice presented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.casework.advice import Content, Weighing, advise, latest, weighs_the_same
from hanze.casework.facts import read_answer, stored
from hanze.casework.models import FactAnswer, Receipt, Request
from hanze.casework.states import facts_changed, lock, move
from hanze.policy import Fact, FactError, Text, Value, describe_value, receipt_hash

State = Request.State


@transaction.atomic
def start_assessment(request: Request, *, by: User | None, at: datetime | None = None) -> Request:
    """Take a received request into assessment, and compute its first advice where a framework applies.

    `at` (now) is the moment of it, here and below. Raises PermissionDenied, ValidationError (code "state").
    """
    require(by, "casework.assess_request", request)
    move(request, State.IN_ASSESSMENT)
    record("request.assessment-started", by=by, subject=request, at=at)
    weighing = advise(request, _day(at))
    if weighing:
        _keep(weighing, by=by, at=at)
    return request


@transaction.atomic
def assess(request: Request, *, by: User | None, at: datetime | None = None) -> Receipt:
    """Compute the advice on the facts as they stand; keep it as a receipt unless it is the latest one again.

    A received request goes into assessment; an advised one returns there when its facts changed.
    Raises PermissionDenied; ValidationError when the request is not open or no framework applies.
    """
    require(by, "casework.assess_request", request)
    _take_up(request, by=by, at=at)
    return _keep(_weigh(request, at), by=by, at=at)


@transaction.atomic
def answer_fact(
    request: Request,
    fact: str,
    value: Value | str | int | None,
    *,
    by: User | None,
    explanation: str = "",
    at: datetime | None = None,
) -> Receipt:
    """Answer a question of the framework, or make it unknown again with None; compute the advice anew.

    Raises PermissionDenied; ValidationError (keyed by the fact) for a value that does not fit, for a fact that is
    not asked or that the records tell, and when the request is not open.
    """
    require(by, "casework.assess_request", request)
    _take_up(request, by=by, at=at)
    question = _question(_weigh(request, at), fact)
    answer = _checked(question, value)
    before = FactAnswer.objects.filter(request=request, fact=fact).first()
    kept = None if answer is None else stored(answer)
    if kept is None and before:
        before.delete()
    elif kept is not None:
        _write(before or FactAnswer(request=request, fact=fact), kept, explanation.strip(), by, at)
    if kept != (before.value if before else None):
        words = _both(describe_value(answer, question))
        about = {"fact": fact, "label": _both(question.label), "answer": words}
        record("request.answered", by=by, subject=request, at=at, reason=explanation.strip(), **about)
    return _keep(_weigh(request, at), by=by, at=at)


@transaction.atomic
def present(request: Request, *, by: User | None, at: datetime | None = None) -> Receipt:
    """Present the advice to the one who decides: the request becomes advised, on the facts of this moment.

    Raises PermissionDenied; ValidationError when there is no advice yet, or the request is not in assessment.
    """
    require(by, "casework.assess_request", request)
    kept = assess(request, by=by, at=at)
    if not kept.outcome:
        raise ValidationError(_("There is no advice yet. Answer the open questions first."), code="no-advice")
    move(request, State.ADVISED)
    outcome = kept.content["outcome"]["label"]
    record("request.advised", by=by, subject=request, at=at, outcome=outcome, final=kept.is_final, receipt=kept.pk)
    return kept


def _take_up(request: Request, *, by: User | None, at: datetime | None) -> None:
    lock(request)
    if request.state == State.RECEIVED:
        start_assessment(request, by=by, at=at)
    elif not request.is_open:
        raise ValidationError(_("This request is no longer open; its weighing stays as it was."), code="state")


def _weigh(request: Request, at: datetime | None) -> Weighing:
    weighing = advise(request, _day(at))
    if weighing is None:
        raise ValidationError(
            _("No framework applies to this request on the day it was received, so that it cannot be weighed."),
            code="no-framework",
        )
    return weighing


def _keep(weighing: Weighing, *, by: User | None, at: datetime | None) -> Receipt:
    request = weighing.request
    content = weighing.content(at or timezone.now())
    last = latest(request)
    if last and last.content_hash == receipt_hash(content):
        return last
    kept = _receipt(weighing, content, by, at)
    if last is None or _headline(last.content) != _headline(content):
        _record_weighing(kept, by=by, at=at)
    if last and not weighs_the_same(last.content, content):
        facts_changed(request, by=by)
    return kept


def _headline(content: Content) -> tuple[Any, ...]:
    """What the log tells of a weighing; the receipts themselves are all kept."""
    return content["framework"], content["outcome"]


def _record_weighing(kept: Receipt, *, by: User | None, at: datetime | None) -> None:
    framework, outcome = _headline(kept.content)
    record(
        "request.weighed",
        by=by,
        subject=kept.request,
        at=at,
        outcome=outcome["label"] if outcome else None,
        framework=framework["title"],
        version=framework["version"],
        receipt=kept.pk,
    )


def _receipt(weighing: Weighing, content: dict[str, Any], by: User | None, at: datetime | None) -> Receipt:
    kept = Receipt(
        request=weighing.request,
        framework=weighing.framework.id,
        version=weighing.framework.version,
        outcome=weighing.advice.outcome.kind if weighing.advice.outcome else "",
        is_final=weighing.advice.final,
        content=content,
        content_hash=receipt_hash(content),
        computed_by=by,
        computed_at=at or timezone.now(),
    )
    kept.full_clean(exclude=["computed_by"])
    kept.save()
    return kept


def _question(weighing: Weighing, fact_id: str) -> Fact:
    fact = next((each for each in weighing.framework.facts if each.id == fact_id), None)
    if fact is None or fact.ask is None:
        raise ValidationError({fact_id: _("The framework does not ask this.")})
    known = weighing.facts[fact_id]
    if not known.answerable or (known.value is not None and known.answer is None):
        raise ValidationError({fact_id: _("The case itself tells this. Change it there.")})
    return fact


def _checked(fact: Fact, value: Any) -> Value | None:
    try:
        return read_answer(fact, value)
    except FactError as error:
        help_with = {
            "number": _("Write a number, such as 12 or 3.5."),
            "date": _("Write a date."),
        }
        message = help_with.get(fact.type, _("Choose one of the answers."))
        if fact.type == "number" and fact.whole:
            message = _("Write a whole number, such as 12.")
        raise ValidationError({fact.id: message}) from error


def _write(answer: FactAnswer, value: Any, explanation: str, by: User | None, at: datetime | None) -> None:
    if answer.pk and (answer.value, answer.explanation) == (value, explanation):
        return
    answer.value, answer.explanation = value, explanation
    answer.answered_by, answer.answered_at = by, at or timezone.now()
    answer.full_clean(exclude=["answered_by", "value"])
    answer.save()


def _day(at: datetime | None) -> Any:
    return timezone.localtime(at).date() if at else None


def _both(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
