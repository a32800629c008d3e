"""The forms of an import: the file with its source, and what the columns of a sheet hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.sheets.kinds import KINDS
from hanze.sheets.models import Import, ImportedSheet
from hanze.sheets.operations.receiving import allowed_kinds

NOWHERE = gettext_lazy("– left out –")


class ImportForm(forms.ModelForm):
    class Meta:
        model = Import
        fields = ("file", "file_date", "said_by", "classification", "differing")
        widgets = {
            "file_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "differing": forms.RadioSelect,
            "file": forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        }
        help_texts = {
            "file": gettext_lazy("An Excel workbook (.xlsx) or a CSV file, as it is. Columns may stand in any order."),
            "file_date": gettext_lazy("Until when the sheet was kept; it dates what it says."),
            "classification": gettext_lazy("Of the file, and of what it brings in that says nothing else."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        differing: Any = self.fields["differing"]
        differing.choices = Import.Differing.choices
        classification: Any = self.fields["classification"]
        classification.choices = Classification.choices


class ColumnsForm(forms.Form):
    """What the rows of a sheet are, what each column holds, and what holds for every row."""

    kind = forms.ChoiceField(label=gettext_lazy("What the rows are"), required=False)
    header_row = forms.IntegerField(label=gettext_lazy("Row of the headings"), min_value=1, max_value=1_048_576)

    def __init__(self, *args: Any, sheet: ImportedSheet, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        kinds = [(code, KINDS[code].label) for code in allowed_kinds(by)]
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("Leave this sheet out")), *kinds]
        self.initial.update({"kind": sheet.kind, "header_row": sheet.header_row})
        if sheet.kind in KINDS:
            self._ask_columns()
            self._ask_for_all()

    def _ask_columns(self) -> None:
        offered = [(each.name, _named(each)) for each in KINDS[self.sheet.kind].fields if not each.only_for_all]
        for at, heading in enumerate(self.sheet.headings):
            if heading:
                name = f"column-{at}"
                choices = [("", NOWHERE), *offered]
                self.fields[name] = forms.ChoiceField(label=heading, choices=choices, required=False)
                self.initial[name] = self.sheet.mapping.get(heading, "")

    def _ask_for_all(self) -> None:
        """What can be chosen once for all rows: fields with choices, and what no column can hold."""
        for each in KINDS[self.sheet.kind].fields:
            if each.choices is None:
                continue
            choices = [("", _("as the column says"))] if not each.only_for_all else []
            name = f"all-{each.name}"
            self.fields[name] = forms.ChoiceField(
                label=_capital(each.label), choices=[*choices, *each.choices.choices], required=False
            )
            self.initial[name] = self.sheet.constants.get(each.name, "")

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Each column with its heading, a few of its cells, and the field that asks what it holds."""
        rows = []
        for at, heading in enumerate(self.sheet.headings):
            if heading:
                samples = self.sheet.samples[at] if at < len(self.sheet.samples) else []
                rows.append({"heading": heading, "samples": samples, "field": self._field(f"column-{at}")})
        return rows

    def _field(self, name: str) -> Any:
        return self[name] if name in self.fields else None

    @property
    def for_all(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("all-")]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, as `choose_columns` takes it."""
        data = self.cleaned_data
        columns = {heading: data.get(f"column-{at}", "") for at, heading in enumerate(self.sheet.headings) if heading}
        constants = {name[4:]: value for name, value in data.items() if name.startswith("all-")}
        return {"kind": data["kind"], "header_row": data["header_row"], "columns": columns, "constants": constants}


def _named(field: Any) -> str:
    label = _capital(field.label)
    return f"{label} *" if field.required else label


def _capital(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]
