"""Files that hang on a record. Who may see the record may see its files."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hanze.register.sniffing import RefusedError, check_contents

# What may be kept, by extension; a browser is told this type and never guesses one from the contents.
TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
    ".ics": "text/calendar",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}


def upload_path(attachment: models.Model, filename: str) -> str:
    """Folder by kind of record and year; storage keeps names apart."""
    return f"{attachment._meta.label_lower}/{timezone.now():%Y}/{filename}"


class Attachment(models.Model):
    """A kept file with its fingerprint. Subclasses add the record it hangs on and name it in `parent_field`."""

    parent_field: str

    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=upload_path, max_length=300)
    content_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def parent(self) -> models.Model:
        """The record that the file hangs on."""
        return getattr(self, self.parent_field)

    @property
    def filename(self) -> str:
        """The name under which it is handed out."""
        return PurePosixPath(self.file.name or "").name

    @property
    def extension(self) -> str:
        """The kind of file as people say it: PDF, DOCX."""
        return PurePosixPath(self.file.name or "").suffix.lstrip(".").upper()


def content_type_of(name: str) -> str:
    """The media type for a file name with one of the allowed extensions, else a type that is never opened."""
    return TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def check_size(file: File) -> None:
    """Raise ValidationError on `file` when it is empty or too large."""
    if not file.size:
        raise ValidationError({"file": gettext("This file is empty.")})
    if file.size > settings.MAX_UPLOAD_MB * 1024 * 1024:
        too_large = gettext("This file is too large; at most %(size)s MB.") % {"size": settings.MAX_UPLOAD_MB}
        raise ValidationError({"file": too_large})


def check_file(file: File) -> None:
    """Raise ValidationError on `file` when its kind is not allowed, it is empty or too large, or its contents are
    not what its name says or may do harm."""
    extension = PurePosixPath(file.name or "").suffix.lower()
    if extension not in TYPES:
        allowed = ", ".join(sorted(known.lstrip(".") for known in TYPES))
        wrong_kind = gettext("A file of this kind cannot be kept. Use: %(allowed)s.") % {"allowed": allowed}
        raise ValidationError({"file": wrong_kind})
    check_size(file)
    try:
        check_contents(file, file.name or "")  # type: ignore[arg-type]
    except RefusedError as error:
        raise ValidationError({"file": str(error)}) from error


def fingerprint(file: File) -> str:
    """The SHA-256 of the contents, in hexadecimal; the file is left at its start."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def download_response(attachment: Attachment) -> FileResponse:
    """The file as a download. The caller has checked that the reader may see the record it hangs on."""
    response = handed_out(attachment.file.open("rb"), attachment.filename, attachment.content_type)
    response["Cache-Control"] = "private, no-store"
    return response


def handed_out(opened: File | BytesIO, name: str, content_type: str) -> FileResponse:
    """A file as a download that a browser does not open by itself."""
    response = FileResponse(
        opened, as_attachment=True, filename=name, content_type=content_type or "application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    # Opened inside the browser after all, it may run nothing and reach nothing.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@contextmanager
def on_disk(kept: File, name: str) -> Iterator[Path]:
    """A kept file as `name`, in a folder of its own that is gone afterwards, for what reads files from a path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with kept.open("rb") as file, path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        yield path
