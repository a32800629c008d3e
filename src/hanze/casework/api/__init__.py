"""Casework in the API: requests, their weighing and decision, and the advice on them."""

from ninja import Router

from hanze.casework.api import weighing
from hanze.casework.api.receipts import receipts
from hanze.casework.api.requests import requests

__all__ = ["ROUTERS", "weighing"]
ROUTERS: dict[str, Router] = {"requests": requests, "advice-receipts": receipts}
