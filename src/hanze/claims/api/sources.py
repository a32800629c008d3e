"""Where what an application sends comes from: the application itself, or the document, person or register it names."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from hanze.claims.models import SourceKind
from hanze.claims.operations import Source
from hanze.connections.api.caller import Caller
from hanze.connections.api.schemas import Day, Line, Question, Words

Named = Literal["document", "person", "register"]


class SourceGiven(Question):
    """The document, person or register that says so. Without a name it is the application itself that says so."""

    kind: Named = "document"
    name: Annotated[Line, Field(description="Title of the document, or who said it")] = ""
    section: Annotated[Words, Field(description="Page or section")] = ""
    date: Annotated[Day | None, Field(description="Date of the source")] = None


def source_of_call(given: SourceGiven | None, caller: Caller) -> Source:
    """The source as the claims keep it."""
    given = given or SourceGiven()
    if not given.name.strip():
        return Source(SourceKind.APPLICATION, caller.name, given.section, given.date)
    return Source(given.kind, given.name.strip(), given.section, given.date)


def from_application(fields: dict[str, Any], caller: Caller) -> dict[str, Any]:
    """The fields of a new record, which comes from the application unless another source is named: what it sends
    later then corrects itself."""
    return {**fields, "source_document": fields.get("source_document") or caller.name}
