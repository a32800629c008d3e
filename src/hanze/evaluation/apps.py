from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "hanze.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        from hanze.evaluation import events, rules  # noqa: F401
