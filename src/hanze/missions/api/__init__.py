"""Missions in the API: activities with who takes part and the measures of the advice."""

from ninja import Router

from hanze.missions.api import measures
from hanze.missions.api.activities import activities

__all__ = ["ROUTERS", "measures"]
ROUTERS: dict[str, Router] = {"activities": activities}
