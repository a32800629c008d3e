"""How forms look: Django's own form rendering with our field template and the NL Design System's class names."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

# The class that the stylesheets know each kind of control by; the first that fits counts.
CONTROL_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, ""),
    (forms.FileInput, ""),
    (forms.CheckboxSelectMultiple, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.RadioSelect, "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
)


def control_class(widget: forms.Widget, invalid: bool = False) -> str:
    """The class names of the control that `widget` draws; empty for one that keeps the browser's own look."""
    names = next((names for kind, names in CONTROL_CLASSES if isinstance(widget, kind)), "")
    return f"{names} {names.split()[0]}--invalid" if names and invalid else names


class HanzeBoundField(BoundField):
    """A field that gives its control the right class, a date its date picker, and says what shape it takes."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        drawn = widget or cast("forms.Widget", self.field.widget)
        built = super().build_widget_attrs(attrs, drawn)
        names = control_class(drawn, invalid=bool(self.errors))
        given = str(attrs.get("class") or drawn.attrs.get("class") or "")
        if names:
            built["class"] = f"{names} {given}".strip()
        return built

    @property
    def is_checkbox(self) -> bool:
        """One box with its label behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_choice_group(self) -> bool:
        """Several boxes or rounds under one legend."""
        return bool(self.use_fieldset)

    @property
    def shows_optional(self) -> bool:
        """Whether the label says "optional": required is the rule, so only the exception is marked.

        A field with `conditional` set says in its help when it is needed.
        """
        conditional = getattr(self.field, "conditional", False)
        return not self.field.required and not self.is_checkbox and not self.field.disabled and not conditional


class HanzeRenderer(TemplatesSetting):
    """Renders forms from the project's templates (`django/forms/…` in this app comes before Django's own)."""

    field_template_name = "django/forms/field.html"
    bound_field_class = HanzeBoundField
