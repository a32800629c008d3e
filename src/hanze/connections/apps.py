from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "hanze.connections"
    label = "connections"

    def ready(self) -> None:
        from hanze.connections import events, rules, signals  # noqa: F401
