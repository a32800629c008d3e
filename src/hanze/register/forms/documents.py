"""Adding a file to a record, for every app that keeps files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from hanze.register.documents import TYPES, check_file


class DocumentForm(forms.Form):
    """Asks for a file and its title; the data go to the operation `attach`."""

    file = forms.FileField(label=_("File"))
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Leave empty to use the name of the file.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(extension.lstrip(".").upper() for extension in TYPES)
        self.fields["file"].help_text = _("At most %(size)s MB: %(kinds)s.") % {
            "size": settings.MAX_UPLOAD_MB,
            "kinds": ", ".join(kinds),
        }
        self.fields["file"].widget.attrs["accept"] = ",".join(TYPES)

    def clean_file(self) -> File:
        file = self.cleaned_data["file"]
        try:
            check_file(file)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return file
