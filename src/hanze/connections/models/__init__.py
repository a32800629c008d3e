from hanze.connections.models.applications import Application, Call, Token
from hanze.connections.models.feeds import CalendarFeed
from hanze.connections.models.webhooks import Attempt, Delivery, Subscription

__all__ = ["Application", "Attempt", "CalendarFeed", "Call", "Delivery", "Subscription", "Token"]
