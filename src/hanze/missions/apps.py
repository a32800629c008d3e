from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "hanze.missions"
    label = "missions"
