"""Land: how scattered it is, and swaps that bring it nearer to who farms it."""

from hanze.clusters.land.fragments import Fragmentation, fragmentation
from hanze.clusters.land.parcels import Land, Owners
from hanze.clusters.land.proposals import Move, Proposal, propose
from hanze.clusters.land.terms import Terms

__all__ = ["Fragmentation", "Land", "Move", "Owners", "Proposal", "Terms", "fragmentation", "propose"]
