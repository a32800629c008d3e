from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "hanze.missions"
    label = "missions"

    def ready(self) -> None:
        from hanze.missions import events, panels, rules  # noqa: F401

        panels.hand_in()
