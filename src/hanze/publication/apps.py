from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "hanze.publication"
    label = "publication"

    def ready(self) -> None:
        from hanze.publication import events, following, rules  # noqa: F401

        following.connect()
