from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hanze.web"
    label = "web"

    def ready(self) -> None:
        from hanze.web.search.indexing import connect

        connect()
