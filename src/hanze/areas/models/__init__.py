from hanze.areas.models.conclusions import Conclusion
from hanze.areas.models.conditions import Adviser, Condition, Vote
from hanze.areas.models.criteria import Criterion, Indicator
from hanze.areas.models.goods import Good
from hanze.areas.models.initiatives import Initiative
from hanze.areas.models.lists import PlaceList
from hanze.areas.models.meetings import Answer, FollowUp, Meeting
from hanze.areas.models.parties import Stance, WillingParty, Wish
from hanze.areas.models.places import Area, Farm, Parcel
from hanze.areas.models.plans import PlanRun

__all__ = [
    "Adviser",
    "Answer",
    "Area",
    "Conclusion",
    "Condition",
    "Criterion",
    "Farm",
    "FollowUp",
    "Good",
    "Indicator",
    "Initiative",
    "Meeting",
    "Parcel",
    "PlaceList",
    "PlanRun",
    "Stance",
    "Vote",
    "WillingParty",
    "Wish",
]
