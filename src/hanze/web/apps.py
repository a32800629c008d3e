from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hanze.web"
    label = "web"

    def ready(self) -> None:
        from hanze.archive.erasing import shredded
        from hanze.publication.following import leave
        from hanze.web.search.indexing import connect, renew

        connect()
        shredded.connect(renew, dispatch_uid="search after an erasure")
        shredded.connect(leave, dispatch_uid="publication after a destruction")
