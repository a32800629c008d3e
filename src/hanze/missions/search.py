"""What search finds of activities. Names of parties are not among it: they may be hidden from who sees the activity."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hanze.missions.models import Activity
from hanze.register.searching import SearchSource


def _text(activity: Activity) -> str:
    topics = " ".join(f"{t.subject} {t.subject_en} {t.message} {t.response}" for t in activity.topics.all())
    places = " ".join(f"{place.country.name_nl} {place.country.name_en} {place}" for place in activity.places.all())
    country = f"{activity.country.name_nl} {activity.country.name_en}"
    fields = ("title", "title_en", "aim", "aim_en", "results", "results_en")
    own = " ".join(getattr(activity, field) for field in fields)
    programme = " ".join(f"{item.title} {item.place}" for item in activity.programme.all())
    return f"{own} {country} {places} {topics} {programme}"


SOURCES = [
    SearchSource(
        model=Activity,
        label=_("Missions and visits"),
        title=str,
        text=_text,
        url=lambda activity: activity.get_absolute_url(),
        permission="missions.list_activities",
        prefetch=("country", "topics", "programme", "places"),
    )
]
