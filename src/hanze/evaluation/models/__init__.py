from hanze.evaluation.models.evaluations import Evaluation, EvaluationText, Recommendation, RecordedYear, Snapshot

__all__ = ["Evaluation", "EvaluationText", "Recommendation", "RecordedYear", "Snapshot"]
