from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "hanze.sheets"
    label = "sheets"

    def ready(self) -> None:
        from hanze.sheets import events, rules  # noqa: F401
