from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "hanze.areas"
    label = "areas"

    def ready(self) -> None:
        from hanze.areas import events, rules  # noqa: F401
