from hanze.missions.models.activities import Activity, ActivityDocument, ActivityPlace, Cost, ProgrammeItem, Topic
from hanze.missions.models.measures import Measure, Moment, PartyMeasure
from hanze.missions.models.participations import Participation

__all__ = [
    "Activity",
    "ActivityDocument",
    "ActivityPlace",
    "Cost",
    "Measure",
    "Moment",
    "Participation",
    "PartyMeasure",
    "ProgrammeItem",
    "Topic",
]
