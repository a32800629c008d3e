"""The documents that can go along with a published record: copies without what they say of their makers."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pikepdf
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from hanze.evaluation.models import Evaluation
from hanze.evaluation.report import build
from hanze.publication.audience import OUTSIDE
from hanze.publication.models import Item, PublicDocument
from hanze.register.documents import content_type_of
from hanze.register.sniffing import OPEN_DOCUMENT, OPEN_XML, TEXTS, RefusedError, check_contents
from hanze.register.stripping import without_metadata
from hanze.reporting import to_pdf

REPORT = "report-"
"""The key of the report of an evaluation is this and its language; of a document with a record its number."""
PUBLISHABLE = frozenset({".pdf", ".jpg", ".jpeg", ".png", *OPEN_XML, *OPEN_DOCUMENT} | {*TEXTS} - {".eml"})
CHANGES = re.compile(rb"<w:(ins|del|moveFrom|moveTo|commentReference)\b|<text:tracked-changes\b|<office:annotation\b")
INSIDE = ("embeddings/", "ObjectReplacements/", "comments/", "threadedComments/")


@dataclass(frozen=True)
class Copy:
    """What everybody gets of one document."""

    key: str
    title: str
    name: str
    content: bytes

    @property
    def described(self) -> dict[str, Any]:
        """As it stands in the content of the published record."""
        return {
            "key": self.key,
            "title": self.title,
            "name": self.name,
            "content_type": content_type_of(self.name),
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


def offered(kind: str, record: Any) -> dict[str, str]:
    """The documents that can be chosen, the title of each by its key."""
    if isinstance(record, Evaluation):
        return {f"{REPORT}nl": _("The report in Dutch (PDF)"), f"{REPORT}en": _("The report in English (PDF)")}
    if kind == Item.Kind.TRAVEL:
        return {}
    return {str(each.pk): each.title for each in record.documents.order_by("uploaded_at", "pk")}


def copy_of(kind: str, record: Any, key: str) -> Copy:
    """The copy that would be public of the document `key`. Raises ValidationError with the reason why it cannot be."""
    title = offered(kind, record).get(key)
    if title is None:
        raise ValidationError(_("A document that you chose is not there any more. Choose again."))
    try:
        if key.startswith(REPORT):
            title, name, content = _report(record, key.removeprefix(REPORT))
        else:
            kept = record.documents.get(pk=key)
            name, content = kept.filename, _read(kept)
            _check(content, name)
        cleaned = without_metadata(content, name)
    except (RefusedError, ValueError) as error:
        why = str(error) if isinstance(error, RefusedError) else _("It cannot be read.")
        raise ValidationError(
            _("“%(title)s” cannot be published. %(why)s") % {"title": title, "why": why}, params={"key": key}
        ) from error
    named = f"{slugify(title)[:80] or 'document'}{PurePosixPath(name).suffix.lower()}"
    return Copy(key, title, named, cleaned)


def copies_of(kind: str, record: Any, keys: Iterable[str]) -> list[Copy]:
    """The copies of the chosen documents, in the order in which they are offered. Raises as `copy_of`."""
    chosen = set(keys)
    order = [key for key in offered(kind, record) if key in chosen]
    return [copy_of(kind, record, key) for key in [*order, *sorted(chosen - {*order})]]


def keep(item: Item, copies: Iterable[Copy]) -> None:
    """Let these copies, and no others, be what everybody gets with `item`."""
    item.documents.all().delete()
    for number, copy in enumerate(copies, start=1):
        kept = PublicDocument(item=item, number=number, title=copy.title, content_type=content_type_of(copy.name))
        kept.file.save(copy.name, ContentFile(copy.content), save=False)
        kept.save()


def _report(evaluation: Evaluation, language: Any) -> tuple[str, str, bytes]:
    with override(language):
        report = build(evaluation, language, OUTSIDE)
        return report.title, f"report-{language}.pdf", to_pdf(report)


def _read(kept: Any) -> bytes:
    try:
        with kept.file.open("rb") as file:
            return file.read()
    except OSError as error:
        raise ValueError(str(error)) from error


def _check(content: bytes, name: str) -> None:
    """Raise RefusedError for a document of which something would be public that nobody sees in the preview."""
    extension = PurePosixPath(name).suffix.lower()
    if extension not in PUBLISHABLE:
        raise RefusedError(_("Who made it cannot be taken out of a file of this kind. Save it as PDF and add that."))
    check_contents(io.BytesIO(content), name)
    if extension == ".pdf":
        _check_pdf(content)
    elif extension in (*OPEN_XML, *OPEN_DOCUMENT):
        _check_package(content)


def _check_pdf(content: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(content)) as read:
            if read.attachments:
                raise RefusedError(_("There are other files in it. Take those out, or save it as PDF anew."))
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error


def _check_package(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if any(name.endswith(".bin") or any(part in name for part in INSIDE) for name in package.namelist()):
            raise RefusedError(_("There are other files or comments in it. Take those out, or save it as PDF."))
        texts = (package.read(name) for name in package.namelist() if name.endswith(".xml"))
        if any(CHANGES.search(text) for text in texts):
            raise RefusedError(_("There are comments or tracked changes in it. Accept or remove them first."))
