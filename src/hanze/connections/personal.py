"""Applications are programs: personal are the name and the address of who runs one, and what was written about it."""

from hanze.audit.personal import Way, declare, declare_events

declare("connections.Application", searched="name purpose contact")
declare("connections.Token", codes="beginning fingerprint scopes", searched="label")
declare("connections.Call", codes="method path confidential")
declare("connections.Subscription", codes="events salt", searched="address")
declare("connections.Delivery", codes="message_id")
declare("connections.Attempt", searched="problem")
declare("connections.CalendarFeed", codes="fingerprint last_etag", searched="name")
declare_events(
    Way.SEARCHED,
    "application.closed",
    "application.created",
    "feed.created",
    "feed.fetched",
    "feed.renewed",
    "feed.revoked",
    "token.created",
    "token.revoked",
    "webhook.added",
    "webhook.changed",
    "webhook.failed",
    "webhook.redelivered",
    "webhook.secret-renewed",
    "webhook.switched-off",
    "webhook.switched-on",
)
