"""The facts of an activity on which sources can disagree."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.claims import facts
from hanze.claims.kept import KeptFact
from hanze.missions.models import Activity
from hanze.missions.operations import change_activity


def hand_in() -> None:
    """Tell `claims` about activities; called once, when the app is ready."""
    facts.register(
        Activity,
        (
            "title",
            "title_en",
            "kind",
            "starts_on",
            "ends_on",
            "sector",
            KeptFact(Activity, "taking_part", _("Number of parties that took part"), forms.IntegerField),
            "aim",
            "aim_en",
            "results",
            "results_en",
        ),
        change=change_activity,
        reading="missions.list_activities",
        changing="missions.change_activity",
        also=("date_precision", "state", "cancelled_because", "publication", "classification", "for_council"),
    )
