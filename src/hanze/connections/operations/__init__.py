"""Every change of applications, tokens and webhooks."""

from hanze.connections.operations.applications import (
    close_application,
    create_application,
    create_token,
    forget_calls,
    revoke_token,
)
from hanze.connections.operations.feeds import create_feed, note_fetch, renew_feed, revoke_feed
from hanze.connections.operations.webhooks import (
    add_subscription,
    change_subscription,
    redeliver,
    renew_secret,
    switch_off,
    switch_on,
)

__all__ = [
    "add_subscription",
    "change_subscription",
    "close_application",
    "create_application",
    "create_feed",
    "create_token",
    "forget_calls",
    "note_fetch",
    "redeliver",
    "renew_feed",
    "renew_secret",
    "revoke_feed",
    "revoke_token",
    "switch_off",
    "switch_on",
]
