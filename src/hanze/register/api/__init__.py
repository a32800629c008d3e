"""The register in the API: organisations, people, relations and agreements."""

from ninja import Router

from hanze.register.api.agreements import agreements
from hanze.register.api.organisations import organisations
from hanze.register.api.people import people
from hanze.register.api.relations import relations

ROUTERS: dict[str, Router] = {
    "organisations": organisations,
    "people": people,
    "relations": relations,
    "agreements": agreements,
}
