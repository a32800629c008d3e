"""What farms exchange, buy and use together: matching, joint purchase and machine pools."""

from hanze.clusters.exchanging.matching import Exchange, Match, Need, Offer, Rates, exchange
from hanze.clusters.exchanging.pooling import JointPurchase, MachinePool, Tier, joint_purchase, machine_pool

__all__ = [
    "Exchange",
    "JointPurchase",
    "MachinePool",
    "Match",
    "Need",
    "Offer",
    "Rates",
    "Tier",
    "exchange",
    "joint_purchase",
    "machine_pool",
]
