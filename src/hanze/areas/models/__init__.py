from hanze.areas.models.initiatives import Initiative
from hanze.areas.models.lists import PlaceList
from hanze.areas.models.places import Area, Farm, Parcel

__all__ = ["Area", "Farm", "Initiative", "Parcel", "PlaceList"]
