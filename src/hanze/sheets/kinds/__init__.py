"""The kinds of rows that can be brought in, in the order in which they refer to each other."""

from hanze.sheets.kinds.base import Field, Kind, Making, Match, Values
from hanze.sheets.kinds.cases import Activities, Participants, Requests
from hanze.sheets.kinds.parties import Organisations, People
from hanze.sheets.kinds.ties import Agreements, Relations

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (Organisations(), People(), Relations(), Agreements(), Requests(), Activities(), Participants())
}
ORDER = tuple(KINDS)

__all__ = ["KINDS", "ORDER", "Field", "Kind", "Making", "Match", "Values"]
