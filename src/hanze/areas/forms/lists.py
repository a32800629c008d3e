"""The forms of a list of places: the file with its source, and what its columns hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.areas import columns
from hanze.areas.filekinds import ENDINGS
from hanze.areas.models import PlaceList

NOWHERE = _("– not in this file –")


class ListForm(forms.ModelForm):
    class Meta:
        model = PlaceList
        fields = ("kind", "file", "provenance", "source_document", "source_section")
        widgets = {
            "kind": forms.RadioSelect,
            "file": forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        }
        help_texts = {
            "file": _(
                "GeoPackage, GeoJSON, a zipped shapefile, CSV, XLSX or ODS. A table holds farms (with X and Y), "
                "or what farms offer and need."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = PlaceList.Kind.choices


class ColumnsForm(forms.Form):
    """Which layer, in which coordinates, and which column holds what."""

    layer = forms.ChoiceField(label=_("Layer or sheet"))
    crs = forms.CharField(
        label=_("Coordinate system"),
        max_length=40,
        required=False,
        help_text=_("For example EPSG:28992 (the Dutch grid) or EPSG:4326. What the file itself says goes first."),
    )

    def __init__(self, *args: Any, handed: PlaceList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handed = handed
        layer: Any = self.fields["layer"]
        layer.choices = [(each, each) for each in handed.layers]
        layer.required = len(handed.layers) > 0
        self.initial.update({"layer": handed.layer, "crs": handed.crs})
        choices = [("", NOWHERE), *((each, each) for each in handed.columns)]
        for column in columns.asked(handed.kind, handed.has_shapes) if handed.columns else ():
            needed = column.needed or column.without_shapes
            name = f"column-{column.name}"
            self.fields[name] = forms.ChoiceField(label=column.label, choices=choices, required=needed)
            self.initial[name] = handed.mapping.get(column.name, "")
        if handed.kind == PlaceList.Kind.PARCELS:
            self.fields["value_per_hectare"] = forms.FloatField(
                label=_("Euro a hectare, for parcels without a value"), min_value=0, required=False
            )
            self.initial["value_per_hectare"] = handed.value_per_hectare

    @property
    def column_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("column-")]

    @property
    def examples(self) -> list[tuple[str, str]]:
        """Each column of the file with a few of its cells."""
        return [(name, " · ".join(self.handed.samples.get(name, []))) for name in self.handed.columns]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, as `choose_columns` takes it."""
        data = self.cleaned_data
        mapping = {name[7:]: value for name, value in data.items() if name.startswith("column-")}
        rest = {name: data[name] for name in ("layer", "crs", "value_per_hectare") if name in data}
        return {"mapping": mapping, **rest}
