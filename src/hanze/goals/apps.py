from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "hanze.goals"
    label = "goals"

    def ready(self) -> None:
        from hanze.goals import events, rules  # noqa: F401
