"""Frameworks are policy and made-up scenarios; a name in them is somebody's slip."""

from hanze.audit.personal import Way, declare, declare_events

declare("frameworks.Draft", codes="framework", searched="title why text scenarios replayed")
declare("frameworks.DraftStep", codes="place", searched="text scenarios")
declare("frameworks.PublishedVersion", codes="framework content_hash digest", kept="text scenarios")
declare_events(
    Way.SEARCHED,
    "framework-draft.approved",
    "framework-draft.changed",
    "framework-draft.offered",
    "framework-draft.returned",
    "framework-draft.started",
    "framework-draft.withdrawn",
)
