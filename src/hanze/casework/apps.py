from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "hanze.casework"
    label = "casework"
    verbose_name = _("Requests")

    def ready(self) -> None:
        from hanze.casework import events, events_assessment, recorded, rules, screenings  # noqa: F401
        from hanze.casework.facts import FACT_SOURCES
        from hanze.frameworks import history, usage, vocabulary
        from hanze.watchlists import people
        from hanze.watchlists.panels import add_finding_panel
        from hanze.watchlists.signals import subjects_screened

        vocabulary.register({path: source.types for path, source in FACT_SOURCES.items()})
        usage.register(recorded.usage_of)
        history.register(recorded.RequestHistory())
        people.register(screenings.CASES)
        add_finding_panel("casework/finding_panel.html", screenings.cases_of)
        subjects_screened.connect(screenings.on_screened, dispatch_uid="casework")
