"""Which farms belong together: dense groups, and regions in one piece that keep to who wants to work with whom."""

from hanze.clusters.grouping.density import dense_groups
from hanze.clusters.grouping.hubs import hub_costs
from hanze.clusters.grouping.neighbours import near_pairs, touching_pairs
from hanze.clusters.grouping.regions import Regions, grow_regions

__all__ = ["Regions", "dense_groups", "grow_regions", "hub_costs", "near_pairs", "touching_pairs"]
