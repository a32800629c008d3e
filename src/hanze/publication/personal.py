"""What is public names organisations that are public, and executives in their function; other names are a slip."""

from hanze.audit.personal import Way, declare, declare_events
from hanze.publication.contents import fingerprint_of

declare(
    "publication.Item",
    codes="record_type fingerprint",
    searched="content withdrawn_because",
    renewed={"fingerprint": lambda item: fingerprint_of(item.content)},
)
declare("publication.PublicDocument", searched="title file", codes="content_type")
declare_events(Way.SEARCHED, "publication.published", "publication.withdrawn")
