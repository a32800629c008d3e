from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hanze.accounts"
    label = "accounts"

    def ready(self) -> None:
        from hanze.accounts import events, rules, signals  # noqa: F401
