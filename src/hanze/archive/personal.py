"""Of an erasure only the fact stays; its reason may name nobody."""

from hanze.audit.personal import Way, declare, declare_events

declare("archive.Erasure", codes="unread", searched="reason")
declare("archive.Archiving", codes="record_type record_id kind", searched="reason")
declare("archive.Disposal", searched="reason")
declare("archive.DisposalItem", codes="reference", searched="problem")
declare_events(
    Way.SEARCHED,
    "archiving.changed",
    "archiving.packed",
    "disposal.approved",
    "disposal.done",
    "disposal.proposed",
    "disposal.withdrawn",
)
declare_events(Way.SEARCHED, "account.copied", "account.erased")
declare_events(Way.BLANKED, "person.erased", "person.exported")
