"""Evaluations name people in their texts; a frozen copy from which a name was taken out gets a new fingerprint."""

from hanze.audit.personal import Way, declare, declare_events
from hanze.evaluation.frozen import hash_of

declare("evaluation.RecordedYear", searched="note source_document source_section")
declare(
    "evaluation.Evaluation",
    codes="framework",
    searched="title_nl title_en source_document source_section",
)
declare("evaluation.EvaluationText", under="evaluation", codes="section", searched="text_nl text_en")
declare(
    "evaluation.Recommendation",
    under="evaluation",
    searched="text_nl text_en follow_up_nl follow_up_en source_document source_section",
)
declare(
    "evaluation.Snapshot",
    under="evaluation",
    codes="content_hash",
    searched="content note",
    renewed={"content_hash": lambda snapshot: hash_of(snapshot.content)},
)
declare_events(
    Way.SEARCHED,
    "evaluation.changed",
    "evaluation.created",
    "evaluation.downloaded",
    "evaluation.frozen",
    "evaluation.text_written",
    "recommendation.changed",
    "recommendation.followed_up",
    "recommendation.made",
    "recommendation.removed",
    "recorded_year.added",
    "recorded_year.changed",
    "recorded_year.removed",
)
