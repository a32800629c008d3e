"""Activities name who took part, who spoke and what was said."""

from hanze.audit.personal import Way, declare, declare_events

declare(
    "missions.Activity",
    codes="framework",
    searched="title title_en aim aim_en results results_en cancelled_because public_report public_report_en "
    "source_document source_section",
)
declare("missions.ActivityPlace", under="activity", searched="venue")
declare("missions.ProgrammeItem", under="activity", searched="title place note")
declare(
    "missions.Topic",
    under="activity",
    codes="line",
    searched="subject subject_en raised_by message response source_document source_section",
)
declare("missions.Cost", under="activity", searched="description paid_by")
declare("missions.ActivityDocument", under="activity", searched="title file", codes="content_type sha256")
declare("missions.PartyMeasure", under="activity", codes="code framework line", searched="label_nl label_en")
declare(
    "missions.Measure",
    under="activity",
    codes="code framework line",
    searched="label_nl label_en evidence waived_because",
)
declare(
    "missions.Participation",
    about="person",
    under="activity",
    blanked="note withdrew_because",
    searched="source_document source_section",
)
declare_events(
    Way.SEARCHED,
    "activity.agreement-added",
    "activity.agreement-removed",
    "activity.cancelled",
    "activity.changed",
    "activity.closed",
    "activity.confirmed",
    "activity.contact-linked",
    "activity.contact-unlinked",
    "activity.held",
    "activity.planned",
    "activity.publication-set",
    "activity.reopened",
    "activity.report-published",
    "activity.report-withdrawn",
    "cost.added",
    "cost.changed",
    "cost.removed",
    "measure.added",
    "measure.assigned",
    "measure.reopened",
    "measure.settled",
    "measure.waived",
    "participation.added",
    "participation.changed",
    "participation.removed",
    "participation.returned",
    "participation.withdrew",
    "place.added",
    "place.changed",
    "place.removed",
    "programme-item.added",
    "programme-item.changed",
    "programme-item.removed",
    "topic.added",
    "topic.changed",
    "topic.removed",
)
