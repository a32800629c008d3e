from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hanze.web"
    label = "web"
