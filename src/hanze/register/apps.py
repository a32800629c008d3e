from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "hanze.register"
    label = "register"

    def ready(self) -> None:
        from hanze.register import events, facts, rules  # noqa: F401

        facts.hand_in()
