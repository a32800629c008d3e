from hanze.areas.models.conditions import Adviser, Condition, Vote
from hanze.areas.models.criteria import Criterion, Indicator
from hanze.areas.models.initiatives import Initiative
from hanze.areas.models.lists import PlaceList
from hanze.areas.models.places import Area, Farm, Parcel

__all__ = [
    "Adviser",
    "Area",
    "Condition",
    "Criterion",
    "Farm",
    "Indicator",
    "Initiative",
    "Parcel",
    "PlaceList",
    "Vote",
]
