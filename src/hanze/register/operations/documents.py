"""Keeping a file with a record, whichever app the record belongs to."""

from __future__ import annotations

from typing import TypeVar

from django.core.files import File
from django.db import models, transaction

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.register.documents import Attachment, check_file, content_type_of, fingerprint

Kept = TypeVar("Kept", bound=Attachment)


@transaction.atomic
def attach(*, by: User | None, attachment_model: type[Kept], parent: models.Model, title: str, file: File) -> Kept:
    """Keep `file` as an `attachment_model` with `parent`, under `title` or else the file's own name.

    Whoever may change the record (`<app>.change_<record>`) may add a file to it. Raises PermissionDenied,
    ValidationError (kind or size of the file).
    """
    require(by, f"{parent._meta.app_label}.change_{parent._meta.model_name}", parent)
    check_file(file)
    name = (file.name or "").replace("\\", "/").rsplit("/", 1)[-1]
    kept = attachment_model(
        title=title.strip() or name,
        content_type=content_type_of(name),
        size=file.size,
        sha256=fingerprint(file),
        uploaded_by=by,
        **{attachment_model.parent_field: parent},
    )
    kept.file = File(file, name=name)
    # Hanze itself may keep a file, and then nobody uploaded it.
    kept.full_clean(exclude=["uploaded_by"])
    kept.save()
    record("document.added", by=by, subject=kept, case=parent, file=name, sha256=kept.sha256)
    return kept
