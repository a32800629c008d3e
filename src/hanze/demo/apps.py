from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed by the demo settings only: one-click sign-in for the demo's invented people."""

    name = "hanze.demo"
    label = "demo"
