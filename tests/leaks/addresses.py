"""Every address of the product that can be asked for with GET, filled in with open records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hanze.frameworks import library
from tests.leaks.neighbours import Neighbourhood
from tests.sheets.making import rows

# Which open record stands at `pk`: by the beginning of the address' name.
RECORDS = {
    "register:organisation-": "organisation",
    "register:person-": "person",
    "register:post-": "person",
    "register:relation-": "relation",
    "register:agreement-": "agreement",
    "register:merge-": "merge",
    "register:apart-": "apart",
    "archive:person": "person",
    "publication:": "activity",
    "casework:contact-": "contact",
    "casework:": "request",
    "missions:": "activity",
    "evaluation:": "evaluation",
    "areas:": "initiative",
    "watchlists:finding-": "finding",
    "claims:": "organisation",
    "sheets:": "import",
    "watchlists:edition-": "edition",
    "watchlists:run-": "run",
}
# Addresses about accounts, goals, years and drafts of frameworks hold no classified record; frozen copies and reports
# have tests of their own, as has the API (tests/api); signing in and out would change who asks.
APART = (
    "missions:feed-",
    "archive:term",
    "archive:case-files",
    "archive:disposal",
    "archive:account-",
    "archive:declaration",
    "api:",
    "connections:",
    "people:",
    "goals:",
    "account_",
    "mfa_",
    "openid_connect_",
    "socialaccount_",
    "demo:",
    "evaluation:recorded-year",
    "evaluation:recommendation-",
    "evaluation:snapshot",
    "evaluation:frozen",
    "frameworks:draft-",
)
APART_TOO = {"web:set-language", "web:favicon", "casework:public-request-sent", "evaluation:report", "missions:feed"}


def patterns() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each address as (name, names of its arguments)."""
    yield from _below(get_resolver(), "", ())


def _below(resolver: URLResolver, space: str, given: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", tuple(each.pattern.converters)
        else:
            yield from _below(each, f"{each.namespace}:" if each.namespace else space, given)


def addresses(near: Neighbourhood) -> list[str]:
    """Every address with the open records of `near` in it. An argument without a value here raises KeyError."""
    found: list[str] = []
    for name, arguments in patterns():
        if name in APART_TOO or name.startswith(APART):
            continue
        found += [reverse(name, kwargs=kwargs) for kwargs in _arguments(name, arguments, near)]
    return found


def _arguments(name: str, arguments: tuple[str, ...], near: Neighbourhood) -> list[dict[str, Any]]:
    filled: list[dict[str, Any]] = [{}]
    for argument in arguments:
        values = _values(name, argument, near)
        filled = [{**each, argument: value} for each in filled for value in values]
    return filled


def _values(name: str, argument: str, near: Neighbourhood) -> list[Any]:
    activity, request = near.hubs["activity"], near.hubs["request"]
    if argument == "pk":
        return [next(near.hubs[model].pk for start, model in RECORDS.items() if name.startswith(start))]
    if argument == "gone" or (argument == "other" and name.startswith("register:")):
        return [near.hubs["double_person" if name.startswith("register:person") else "double"].pk]
    if name.startswith("claims:") and argument == "fact":
        return ["website"]
    if name == "publication:document-preview" and argument == "key":
        return [str(near.hidden["activity_document"].pk)]
    if name.startswith("publication:") and argument == "kind":
        return ["activities", "travel"]
    if name.startswith("areas:party") and argument == "party":
        return list(near.hubs["initiative"].parties.values_list("pk", flat=True))
    if name == "missions:activity-move":
        return ["confirm", "hold", "close", "cancel", "reopen"]
    if name == "missions:measure-action" and argument == "key":
        return ["settle", "waive", "assign", "reopen"]
    if name == "missions:activity-change":
        return ["basics", "aim", "results"]
    if name == "evaluation:figure":
        return ["activities", "distinct_parties", "agreements", "requests", "national_contacts"]
    return {
        "condition": [near.hubs["initiative"].conditions.get().pk],
        "adviser": [near.hubs["initiative"].advisers.get().pk],
        "criterion": [near.hubs["initiative"].criteria.get().pk],
        "extension": ["json"],
        "wish": [near.hubs["initiative"].wishes.get().pk],
        "meeting": [near.hubs["initiative"].meetings.get().pk],
        "follow_up": [near.hubs["initiative"].meetings.get().follow_ups.get().pk],
        "area": [near.hubs["initiative"].areas.get().pk],
        "plan": [near.hubs["initiative"].plans.get().pk],
        "handed": [near.hubs["initiative"].lists.get().pk],
        "number": [1],
        "sheet": [near.hubs["import"].sheets.get().pk],
        "row": [rows(near.hubs["import"])[0].pk],
        "slug": [near.hubs["watchlist"].slug],
        "kind": ["organisation"],
        "claim": [near.hubs["claim"].pk],
        "key": ["places", "programme", "topics", "costs"],
        "part": [0],
        "section": ["summary"],
        "measure_pk": [activity.measures.values_list("pk", flat=True)[0]],
        "code": ["self-scan"],
        "party": list(activity.participations.values_list("pk", flat=True)),
        "agreement": [near.hidden["agreement"].pk],
        "contact": [near.hidden["contact"].pk],
        "document": [near.hidden["activity_document"].pk, near.hidden["agreement_document"].pk],
        "document_pk": [near.hidden["request_document"].pk],
        "participant_pk": list(request.participants.values_list("pk", flat=True)),
        "post": list(near.hubs["person"].posts.values_list("pk", flat=True)),
        "receipt": list(request.receipts.values_list("pk", flat=True))[:1],
        "fact": ["dual_use"],
        "framework": [library.installed()[0].id],
        "version": [str(library.installed()[0].version)],
        "one": [str(library.installed()[0].version)],
        "other": [str(library.installed()[0].version)],
    }[argument]
