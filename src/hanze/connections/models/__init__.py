from hanze.connections.models.applications import Application, Call, Token
from hanze.connections.models.webhooks import Attempt, Delivery, Subscription

__all__ = ["Application", "Attempt", "Call", "Delivery", "Subscription", "Token"]
