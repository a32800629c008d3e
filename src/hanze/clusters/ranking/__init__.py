"""Which area suits: ranking by several methods, and how robust the first place is."""

from hanze.clusters.ranking.acceptability import Acceptability, acceptability
from hanze.clusters.ranking.methods import METHODS, Ranking, rank
from hanze.clusters.ranking.overturning import Overturn, overturns
from hanze.clusters.ranking.tables import Criterion, Table

__all__ = [
    "METHODS",
    "Acceptability",
    "Criterion",
    "Overturn",
    "Ranking",
    "Table",
    "acceptability",
    "overturns",
    "rank",
]
