"""Open contradictions in the API: the facts on which sources disagree while nobody decided."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field, JsonValue, create_model

from hanze.claims import facts, queries
from hanze.claims.api.records import CLAIMS, address_of, in_the_api
from hanze.connections.api import resources
from hanze.connections.api.caller import caller_of
from hanze.connections.api.resources import Filters, only_known
from hanze.connections.api.schemas import Answer, Links, Moment, Words

contradictions = Router(tags=["claims"], by_alias=True)


class ContradictionFilters(Filters):
    about: Words = ""
    """A kind of record in the API, such as `relations`."""


class ContradictionAnswer(Answer):
    """A fact on which sources disagree while nobody decided."""

    about: str
    fact: str
    label: str
    stands: Annotated[JsonValue, Field(description="What the record says now")]
    since: Annotated[Moment, Field(description="When the last of them was recorded")]
    claims: Annotated[list[str], Field(description="What waits for a decision")]


page_of: Any = create_model(
    "ContradictionPage",
    __base__=Answer,
    links=(Links, ...),
    count=(int, Field(..., description="How many there are that the application may see")),
    results=(list[ContradictionAnswer], ...),
)


@contradictions.get(
    "",
    response=page_of,
    operation_id="listContradiction",
    summary=gettext_noop("Facts on which sources disagree while nobody decided"),
)
def list_contradictions(request: HttpRequest, asked: Query[ContradictionFilters]) -> Any:
    """Every fact on which sources disagree while nobody decided, newest first."""
    caller = caller_of(request)
    caller.needs("read:claims", CLAIMS.permission)
    only_known(request, ContradictionFilters)
    rows = queries.open_facts(caller.reader).filter(in_the_api(asked.about))

    def show(page: Any, reader: Any) -> list[ContradictionAnswer]:
        found = queries.contradictions(page)
        caller.was_given([each.record for each in found])
        return [_shown(each) for each in found]

    return resources.page(request, caller, rows, asked, show, records=False)


def _shown(each: queries.Contradiction) -> ContradictionAnswer:
    return ContradictionAnswer(
        about=address_of(each.record._meta.label_lower, each.record.pk),
        fact=each.fact,
        label=each.label,
        stands=facts.sheet_of(each.record).facts[each.fact].stands(each.record),
        since=each.since,
        claims=[CLAIMS.address(pk) for pk in each.waiting],
    )
