from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "hanze.casework"
    label = "casework"
    verbose_name = _("Requests")

    def ready(self) -> None:
        from hanze.casework import checks, events, events_assessment, rules  # noqa: F401
