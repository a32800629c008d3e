"""Weighing and deciding on a request in the API: answers, the advice that is kept, its presentation, the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Status
from pydantic import Field

from hanze.accounts.models import User
from hanze.casework import operations
from hanze.casework.api.receipts import RECEIPTS, AdviceReceiptAnswer
from hanze.casework.api.requests import REQUESTS, requests
from hanze.casework.api.shapes import RequestAnswer
from hanze.casework.models import Decision, Receipt, Request
from hanze.connections import scopes
from hanze.connections.api.caller import caller_of
from hanze.connections.api.schemas import LARGEST_ID, Day, Line, OneOf, Question, Text, Words
from hanze.connections.api.writing import change

WEIGHING, DECIDING = "write:advice-receipts", "decide:requests"
scopes.register(WEIGHING, _("Weigh requests and present the advice"), "casework.assess_request")
scopes.register(DECIDING, _("Decide on requests, where the framework names the role"), "casework.list_requests")

Number = Annotated[float, Field(ge=-LARGEST_ID, le=LARGEST_ID, allow_inf_nan=False)]


class AnswerNew(Question):
    """The answer to one question of the framework; null makes it unknown again."""

    fact: Annotated[Words, Field(description="The key of the question in the framework")]
    value: Annotated[bool | Number | Line | None, Field(description="As the question asks: yes or no, a number …")]
    explanation: Text = ""


class DecisionNew(Question):
    outcome: Annotated[str, OneOf(Decision.Outcome)]
    motivation: Text = ""
    ground: Annotated[str, OneOf(Decision.Ground)] | Literal[""] = ""
    referred_to: Line = ""
    decided_on: Day | None = None


@requests.post(
    "/{id}/answers",
    response={201: AdviceReceiptAnswer},
    operation_id="answerQuestion",
    summary=gettext_noop("Answer a question of the framework"),
)
def answer(request: HttpRequest, id: int, body: AnswerNew) -> Status[Any]:
    """Answer a question that the framework asks about a request. The advice on the facts as they stand now."""

    def carry_out(found: Request, reader: User) -> Receipt:
        try:
            return operations.answer_fact(
                found, body.fact, _written(body.value), by=reader, explanation=body.explanation
            )
        except ValidationError as error:
            raise _at_the_value(error, body.fact) from error

    return _weighed(request, id, body, carry_out)


@requests.post(
    "/{id}/advice",
    response={201: AdviceReceiptAnswer},
    operation_id="weighRequest",
    summary=gettext_noop("Compute the advice and keep it"),
)
def weigh(request: HttpRequest, id: int) -> Status[Any]:
    """Compute the advice on the facts as they stand and keep its receipt; the last one when nothing changed."""
    return _weighed(request, id, Question(), lambda found, reader: operations.assess(found, by=reader))


@requests.post(
    "/{id}/presentation",
    response={201: AdviceReceiptAnswer},
    operation_id="presentAdvice",
    summary=gettext_noop("Present the advice for decision"),
)
def present(request: HttpRequest, id: int) -> Status[Any]:
    """Present the advice to who decides, on the facts of this moment."""
    return _weighed(request, id, Question(), lambda found, reader: operations.present(found, by=reader))


@requests.post(
    "/{id}/decision",
    response={201: RequestAnswer},
    operation_id="decideRequest",
    summary=gettext_noop("Decide on an advised request"),
)
def decide(request: HttpRequest, id: int, body: DecisionNew) -> Status[Any]:
    """Decide on an advised request. Only an application in the role that the framework names may, and not otherwise
    than the advice; a decision is final."""

    def carry_out(found: Request, reader: User) -> None:
        operations.decide(found, by=reader, **body.given())

    return Status(201, change(request, REQUESTS, id, body, carry_out, scope=DECIDING)[0])


def _weighed(
    request: HttpRequest, pk: int, body: Question, carry_out: Callable[[Request, User], Receipt]
) -> Status[Any]:
    """The receipt that an operation on a request gives."""
    _answer, kept = change(
        request, REQUESTS, pk, body, carry_out, scope=WEIGHING, permission="casework.view_assessment"
    )
    return Status(201, RECEIPTS.answer(caller_of(request), kept.pk))


def _written(value: bool | float | str | None) -> bool | str | None:
    """A number as somebody would write it, so that it is read in one way only."""
    return value if value is None or isinstance(value, bool | str) else f"{value:.12g}"


def _at_the_value(error: ValidationError, fact: str) -> ValidationError:
    """What is wrong with an answer stands at its value; a question that is not asked at its key."""
    if not hasattr(error, "error_dict") or fact not in error.error_dict:
        return error
    return ValidationError({"value": error.error_dict[fact]})
