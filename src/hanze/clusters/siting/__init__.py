"""Where hubs come: p-median and capacitated p-median, each with the best answer found, a lower bound and the gap."""

from hanze.clusters.siting.answers import Siting
from hanze.clusters.siting.capacitated import site_with_capacity
from hanze.clusters.siting.median import site

__all__ = ["Siting", "site", "site_with_capacity"]
