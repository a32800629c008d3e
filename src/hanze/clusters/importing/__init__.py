"""Farms, parcels and areas from GeoPackage, GeoJSON, shapefile, CSV, XLSX and ODS, with a list of problems per row."""

from hanze.clusters.importing.places import (
    Area,
    Farm,
    Good,
    Parcel,
    read_areas,
    read_farms,
    read_goods,
    read_parcels,
    to_land,
)
from hanze.clusters.importing.tables import FORMATS, GRID, Source, layers, read_source

__all__ = [
    "FORMATS",
    "GRID",
    "Area",
    "Farm",
    "Good",
    "Parcel",
    "Source",
    "layers",
    "read_areas",
    "read_farms",
    "read_goods",
    "read_parcels",
    "read_source",
    "to_land",
]
