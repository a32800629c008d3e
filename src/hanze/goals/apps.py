from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "hanze.goals"
    label = "goals"
