"""A closed case as files: what it says as data, its documents, metadata beside each, and checksums; in one zip."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.archive import mdto
from hanze.archive.dossiers import reference_of, rows_under
from hanze.archive.models import Archiving
from hanze.archive.terms import terms
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.register.documents import Attachment
from hanze.register.queries import home

LIST = "Begrippenlijst %s MDTO"
OWN_LIST = "Hanze"
VALUATION = {"keep": ("Blijvend te bewaren", "B"), "destroy": ("Tijdelijk te bewaren", "V")}
OPENNESS = {
    "public": "Openbaar",
    "internal": "Niet openbaar: intern",
    "confidential": "Niet openbaar: vertrouwelijk",
    "restricted": "Niet openbaar: beperkt tot de zaak",
}


@dataclass(frozen=True)
class Packed:
    """One file of the package."""

    path: str
    content: bytes
    kind: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def pack(archiving: Archiving, *, by: User | None) -> bytes:
    """The case of `archiving` as a zip. Raises PermissionDenied, ValidationError (the record is gone)."""
    subject = archiving.record
    if subject is None:
        raise ValidationError(_("This record is no longer there."))
    require(by, "archive.manage", subject)
    made = timezone.localtime()
    folder = get_valid_filename(reference_of(subject).replace(" ", "-"))
    files = list(_files(subject, folder))
    written = [*files, *_metadata(archiving, subject, folder, files, made)]
    sums = "".join(f"{each.sha256}  {each.path}\n" for each in sorted(written, key=lambda each: each.path))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for each in written:
            package.writestr(each.path, each.content)
        package.writestr(f"{folder}/manifest-sha256.txt", sums)
    record("archiving.packed", by=by, subject=subject, files=len(written))
    return packed.getvalue()


def _files(subject: models.Model, folder: str) -> Iterator[Packed]:
    """What the case says, its history, and its documents."""
    content = {name: [_plain(row) for row in rows] for name, rows in rows_under(subject).items()}
    yield Packed(f"{folder}/case.json", _json(content), "application/json")
    events = Event.objects.about(subject).order_by("at", "pk")
    history = events.values("at", "name", "actor_name", "reason", "data")
    yield Packed(f"{folder}/history.json", _json(list(history)), "application/json")
    for rows in rows_under(subject).values():
        for row in rows:
            if isinstance(row, Attachment) and row.file:
                with row.file.open("rb") as file:
                    name = get_valid_filename(row.filename)
                    yield Packed(f"{folder}/documents/{row.pk}-{name}", file.read(), row.content_type)


def _metadata(
    archiving: Archiving, subject: models.Model, folder: str, files: list[Packed], made: datetime
) -> Iterator[Packed]:
    """MDTO of the case, and of each of its files as a record and as a file."""
    source = _keeper()
    case = mdto.reference(reference_of(subject), folder, source)
    parts = [(each, mdto.reference(PurePosixPath(each.path).name, each.path, source)) for each in files]
    yield Packed(
        f"{folder}/{folder}.mdto.xml",
        mdto.document("informatieobject", _case(archiving, subject, folder, [part for _file, part in parts])),
        "application/xml",
    )
    for each, part in parts:
        about = mdto.document("informatieobject", _piece(archiving, subject, each, case))
        yield Packed(f"{each.path}.mdto.xml", about, "application/xml")
        yield Packed(f"{each.path}.bestand.mdto.xml", _file(each, part, made), "application/xml")


def _case(
    archiving: Archiving, subject: models.Model, folder: str, parts: list[mdto.Group]
) -> Iterator[tuple[str, Any]]:
    term = terms().get(archiving.kind)
    yield "identificatie", mdto.identification(folder, _keeper())
    yield "naam", str(subject)
    yield "aggregatieniveau", mdto.term("Dossier", LIST % "Aggregatieniveaus")
    covered = mdto.term("Looptijd", OWN_LIST)
    yield (
        "dekkingInTijd",
        (("dekkingInTijdType", covered), ("dekkingInTijdBegindatum", mdto.moment(archiving.begun_on))),
    )
    yield "waardering", _valuation(archiving)
    yield (
        "bewaartermijn",
        (
            ("termijnTriggerStartLooptijd", mdto.term("Afgehandeld", OWN_LIST)),
            ("termijnStartdatumLooptijd", mdto.moment(archiving.begun_on)),
            ("termijnLooptijd", f"P{archiving.years}Y"),
            ("termijnEinddatum", mdto.moment(archiving.action_on)),
        ),
    )
    if term is not None:
        yield "informatiecategorie", mdto.term(term.nl, term.source_document, term.source_section)
    for part in parts:
        yield "bevatOnderdeel", part
    yield from _made_by(subject)


def _piece(archiving: Archiving, subject: models.Model, packed: Packed, case: mdto.Group) -> Iterator[tuple[str, Any]]:
    name = PurePosixPath(packed.path).name
    yield "identificatie", mdto.identification(packed.path, _keeper())
    yield "naam", name
    yield "aggregatieniveau", mdto.term("Archiefstuk", LIST % "Aggregatieniveaus")
    yield "waardering", _valuation(archiving)
    yield "isOnderdeelVan", case
    yield "heeftRepresentatie", mdto.reference(name, f"{packed.path}#bestand", _keeper())
    yield from _made_by(subject)


def _file(packed: Packed, part: mdto.Group, made: datetime) -> bytes:
    algorithm = mdto.term("SHA-256", LIST % "ChecksumAlgoritme")
    content = (
        ("identificatie", mdto.identification(f"{packed.path}#bestand", _keeper())),
        ("naam", PurePosixPath(packed.path).name),
        ("omvang", str(len(packed.content))),
        ("bestandsformaat", mdto.term(packed.kind or "application/octet-stream", "IANA Media Types")),
        (
            "checksum",
            (
                ("checksumAlgoritme", algorithm),
                ("checksumWaarde", packed.sha256),
                ("checksumDatum", mdto.moment(made)),
            ),
        ),
        ("isRepresentatieVan", part),
    )
    return mdto.document("bestand", content)


def _made_by(subject: models.Model) -> Iterator[tuple[str, Any]]:
    yield "archiefvormer", mdto.reference(_keeper())
    openness = OPENNESS[getattr(subject, "classification", "internal")]
    yield "beperkingGebruik", (("beperkingGebruikType", mdto.term(openness, OWN_LIST)),)


def _valuation(archiving: Archiving) -> mdto.Group:
    label, code = VALUATION[archiving.nomination]
    return mdto.term(label, LIST % "Waarderingen", code)


def _keeper() -> str:
    return str(home() or "Hanze")


def _json(content: Any) -> bytes:
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2, default=str).encode()


def _plain(row: models.Model) -> dict[str, Any]:
    return {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
