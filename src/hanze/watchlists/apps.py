from django.apps import AppConfig


class WatchlistsConfig(AppConfig):
    name = "hanze.watchlists"
    label = "watchlists"

    def ready(self) -> None:
        from hanze.watchlists import changes, events, rules  # noqa: F401

        changes.connect()
