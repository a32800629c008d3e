"""Scores name pairs with nomenklatura's logic-v2: JSON rows [kind, query, candidate] in, a JSON list of scores out.

Runs in a Python of its own in which nomenklatura is installed (it needs PyICU); see README.md.
"""

import json
import sys

from followthemoney.proxy import EntityProxy
from nomenklatura.matching import get_algorithm

SCHEMATA = {"person": "Person", "organisation": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}


def main() -> None:
    """Read pairs, write scores. Every entity gets an id of its own: names are cached by id."""
    matcher = get_algorithm("logic-v2")
    assert matcher is not None
    config = matcher.default_config()
    scores: list[float] = []
    for at, (kind, query, candidate) in enumerate(json.load(sys.stdin)):
        sides = [
            EntityProxy.from_dict(
                {"id": f"{side}{at}", "schema": SCHEMATA.get(kind, "LegalEntity"), "properties": {"name": [name]}}
            )
            for side, name in (("query", query), ("candidate", candidate))
        ]
        scores.append(matcher.compare(*sides, config).score)
    json.dump(scores, sys.stdout)


if __name__ == "__main__":
    main()
