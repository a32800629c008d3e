"""Of an erasure only the fact stays; its reason may name nobody."""

from hanze.audit.personal import Way, declare, declare_events

declare("archive.Erasure", searched="reason")
declare_events(Way.BLANKED, "person.erased", "person.exported")
