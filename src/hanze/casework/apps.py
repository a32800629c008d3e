from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "hanze.casework"
    label = "casework"
