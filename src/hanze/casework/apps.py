from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "hanze.casework"
    label = "casework"
    verbose_name = _("Requests")

    def ready(self) -> None:
        from hanze.casework import events, events_assessment, recorded, rules  # noqa: F401
        from hanze.casework.facts import FACT_SOURCES
        from hanze.frameworks import history, usage, vocabulary

        vocabulary.register({path: source.types for path, source in FACT_SOURCES.items()})
        usage.register(recorded.usage_of)
        history.register(recorded.recorded_cases)
