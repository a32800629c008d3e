"""Where the demo's document speaks against itself: both stand, until somebody decides."""

from __future__ import annotations

from typing import Any

from hanze.claims.models import Claim
from hanze.claims.operations import Source, claim, decide_claim
from hanze.demo.facts import Known, document, read
from hanze.missions.models import Activity


def load(known: Known) -> None:
    """Load `claims.yaml`, once the records are there."""
    files = read("claims")
    by = known.people["coordinator"]
    for given in files["claims"]:
        source = Source("document", document(), given["section"])
        claim(_record(given, known), given["fact"], given["value"], source=source, by=by)
    for given in files["decisions"]:
        said = Claim.objects.about(_record(given, known)).filter(fact=given["fact"], value=given["value"]).last()
        assert said is not None
        decide_claim(said, by=by, reason=given["because"])


def _record(given: dict[str, Any], known: Known) -> Any:
    if "relation" in given:
        return known.relations[given["relation"]]
    if "organisation" in given:
        return known.organisations[given["organisation"]]
    return Activity.objects.get(title=given["activity"])
