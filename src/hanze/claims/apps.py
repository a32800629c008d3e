from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "hanze.claims"
    label = "claims"

    def ready(self) -> None:
        from hanze.claims import events, rules  # noqa: F401
