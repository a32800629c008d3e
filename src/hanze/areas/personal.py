"""An initiative names people in its texts; farms carry the names of those who work them."""

from hanze.audit.personal import Way, declare, declare_events

declare("areas.Initiative", searched="title aim source_document source_section")
declare("areas.Condition", under="initiative", searched="label source_document source_section")
declare("areas.Conclusion", under="initiative", searched="because advised")
declare(
    "areas.WillingParty",
    about="person",
    under="initiative",
    searched="name contact brings asks conditions source_document source_section",
)
declare("areas.Wish", under="initiative", searched="because")
declare(
    "areas.Meeting",
    under="initiative",
    searched="title place others concluded source_document source_section",
)
declare("areas.Answer", under="meeting__initiative", searched="said")
declare("areas.FollowUp", under="meeting__initiative", searched="what who")
declare("areas.Adviser", under="initiative", searched="name role")
declare(
    "areas.PlaceList",
    under="initiative",
    codes="sha256 crs layers",
    searched="file file_name layer columns samples mapping problems source_document source_section",
)
declare("areas.Farm", under="initiative", searched="code name sector more")
declare("areas.Parcel", under="initiative", searched="code more")
declare("areas.Area", under="initiative", searched="code name more")
declare("areas.Good", under="initiative", searched="code product more")
declare(
    "areas.PlanRun",
    under="initiative",
    codes="step software inputs fingerprint",
    searched="title assumptions result drawing problems",
)
declare("areas.Criterion", under="initiative", searched="label unit source_document source_section")
declare("areas.Indicator", under="area__initiative", searched="source")
declare_events(
    Way.SEARCHED,
    "adviser.added",
    "adviser.removed",
    "adviser.voted",
    "area.named",
    "area.removed",
    "area.valued",
    "areas.concluded",
    "areas.report-made",
    "condition.added",
    "condition.changed",
    "condition.removed",
    "criterion.added",
    "criterion.changed",
    "criterion.removed",
    "initiative.changed",
    "initiative.created",
    "follow-up.added",
    "follow-up.changed",
    "meeting.answered",
    "meeting.cancelled",
    "meeting.changed",
    "meeting.planned",
    "party.added",
    "party.changed",
    "party.removed",
    "places.discarded",
    "places.done",
    "places.received",
    "places.refused",
    "wish.added",
    "wish.removed",
    "plan.asked",
    "plan.cancelled",
    "plan.done",
    "plan.refused",
    "plan.removed",
)
