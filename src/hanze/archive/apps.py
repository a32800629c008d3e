from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "hanze.archive"
    label = "archive"

    def ready(self) -> None:
        from hanze.archive import events, following, panels, rules  # noqa: F401

        following.connect()
        panels.hand_in()
