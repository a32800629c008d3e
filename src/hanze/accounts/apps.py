from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hanze.accounts"
    label = "accounts"
