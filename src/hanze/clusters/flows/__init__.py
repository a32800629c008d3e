"""What goes from where to where at the least cost: networks and transport, exact and with a proof."""

from hanze.clusters.flows.network import Flow, Network, cheapest_flow
from hanze.clusters.flows.transport import Transport, transport

__all__ = ["Flow", "Network", "Transport", "cheapest_flow", "transport"]
