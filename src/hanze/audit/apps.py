from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hanze.audit"
    label = "audit"

    def ready(self) -> None:
        from hanze.audit import events  # noqa: F401
