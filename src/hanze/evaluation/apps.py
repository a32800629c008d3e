from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "hanze.evaluation"
    label = "evaluation"
