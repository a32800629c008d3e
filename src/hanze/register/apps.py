from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "hanze.register"
    label = "register"
