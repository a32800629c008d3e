from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "hanze.missions"
    label = "missions"

    def ready(self) -> None:
        from hanze.missions import events, facts, panels, rules  # noqa: F401

        facts.hand_in()
        panels.hand_in()
