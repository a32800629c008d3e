"""How claims are shredded when a person is erased: what sources said of her goes, that they spoke stays."""

from hanze.audit.personal import Way, declare, declare_events

declare(
    "claims.Claim",
    about="person",
    codes="fact",
    blanked="value source_name source_section",
    replaced="withdrawn_because",
)
declare("claims.Resolution", about="person", codes="fact", replaced="reason")
declare_events(Way.SEARCHED, "claim.made", "claim.contradicts", "claim.decided", "claim.withdrawn")
