from django.apps import AppConfig


class WatchlistsConfig(AppConfig):
    name = "hanze.watchlists"
    label = "watchlists"

    def ready(self) -> None:
        from hanze.register.merging.followers import on_merge
        from hanze.watchlists import changes, events, rules  # noqa: F401
        from hanze.watchlists.operations import merge_subjects, part_subjects

        changes.connect()
        own = ("watchlists.Subject", "watchlists.Finding", "watchlists.Verdict", "watchlists.Look")
        on_merge("watchlists", merge_subjects, part_subjects, own)
