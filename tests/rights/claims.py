from hanze.claims.operations import Source, claim
from tests import factories
from tests.rights import COORDINATOR, COUNCIL, OFFICER, READERS, Row

# Records are internal here, which a council member does not see.
INSIDE = READERS - {COUNCIL}


def _record():
    return {"kind": "organisation", "pk": factories.organisation(website="https://one.example").pk}


def _fact():
    return {**_record(), "fact": "website"}


def _relation():
    return {"kind": "relation", "pk": factories.relation().pk, "fact": "since"}


def _claim():
    record = factories.organisation(website="https://one.example")
    made = claim(record, "website", "https://two.example", source=Source("document", "Report"), by=None)
    return {"kind": "organisation", "pk": record.pk, "fact": "website", "claim": made.pk}


ROWS = [
    Row("claims:contradiction-list", READERS),
    Row("claims:past", INSIDE, _record),
    Row("claims:fact", INSIDE, _fact),
    Row("claims:fact", {COORDINATOR, OFFICER}, _fact, post={}),
    Row("claims:fact", {COORDINATOR}, _relation, post={}),
    Row("claims:claim-new", {COORDINATOR, OFFICER}, _record),
    Row("claims:claim-add", {COORDINATOR, OFFICER}, _fact),
    Row("claims:claim-add", {COORDINATOR}, _relation),
    Row("claims:claim-withdraw", {COORDINATOR, OFFICER}, _claim),
]
