"""Missions in the API: activities with who takes part."""

from ninja import Router

from hanze.missions.api.activities import activities

ROUTERS: dict[str, Router] = {"activities": activities}
