"""Casework in the API: requests and the advice on them."""

from ninja import Router

from hanze.casework.api.receipts import receipts
from hanze.casework.api.requests import requests

ROUTERS: dict[str, Router] = {"requests": requests, "advice-receipts": receipts}
