from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "hanze.areas"
    label = "areas"

    def ready(self) -> None:
        from hanze.areas import calendars, events, rules  # noqa: F401
        from hanze.connections.calendars import register

        register(calendars.entries)
