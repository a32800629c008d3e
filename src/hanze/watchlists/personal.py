"""What a publisher lists stays as it was published; what we noted about our own parties goes with the person."""

from hanze.audit.personal import Way, declare, declare_events

declare(
    "watchlists.Watchlist",
    codes="slug mapping",
    kept="name name_en keeper publisher address",
    searched="fetch_problem",
)
declare("watchlists.Edition", codes="sha256", kept="file file_name preview", searched="problem")
declare("watchlists.ListedEntry", codes="entry_id fingerprint", kept="name content")
declare("watchlists.Subject", about="person", codes="fingerprint", searched="name_text")
declare("watchlists.Run", codes="engine_version settings")
declare("watchlists.Look", about="subject__person", blanked="party candidates")
declare("watchlists.Finding", about="subject__person", blanked="explanation reopened_because")
declare(
    "watchlists.Verdict",
    about="finding__subject__person",
    under="finding",
    kept="entry",
    replaced="reason",
    blanked="party second_reason",
)
declare_events(
    Way.BLANKED,
    "finding.carried",
    "finding.confirmed",
    "finding.decided",
    "finding.disputed",
    "finding.escalated",
    "finding.found",
    "finding.reopened",
    "finding.taken-up",
    "subject.merged",
    "subject.parted",
)
declare_events(
    Way.SEARCHED,
    "edition.columns",
    "edition.discarded",
    "edition.fetched-again",
    "edition.in-force",
    "edition.not-fetched",
    "edition.received",
    "edition.refused",
    "findings.seen",
    "screening.done",
    "screening.removed",
    "watchlist.changed",
    "watchlist.created",
)
