"""What is public follows the records: renewed when they change, taken back when they may not be public any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from hanze.accounts.classification import Classification
from hanze.evaluation.models import Evaluation
from hanze.missions.models import Activity
from hanze.publication.contents import KINDS
from hanze.publication.models import Item, PublicDocument
from hanze.publication.operations import follow
from hanze.register.models import Agreement, Organisation


def connect() -> None:
    for model in (Activity, Agreement, Evaluation):
        post_save.connect(_saved, sender=model, dispatch_uid=f"publication of {model._meta.label}")
        post_delete.connect(_gone, sender=model, dispatch_uid=f"end of publication of {model._meta.label}")
    post_delete.connect(_file_gone, sender=PublicDocument, dispatch_uid="files of published documents")
    post_save.connect(_party_saved, sender=Organisation, dispatch_uid="names in publications")


def _saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """What was published stays as it was shown then; by itself it is only taken back."""
    if raw:
        return
    for kind, of in KINDS.items():
        if of.model is sender and (kind == Item.Kind.ACTIVITY or _is_public(kind, instance)):
            follow(kind, instance)


def leave(sender: Any, rows: Iterable[tuple[type[Model], Any]], **kwargs: Any) -> None:
    """Take away what was public of records that were destroyed."""
    for model, pk in rows:
        if any(of.model is model for of in KINDS.values()) and not model._default_manager.filter(pk=pk).exists():
            Item.objects.filter(record_type=model._meta.label_lower, record_id=pk).delete()


def _gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    Item.objects.filter(record_type=instance._meta.label_lower, record_id=instance.pk).delete()


def _file_gone(sender: Any, instance: PublicDocument, **kwargs: Any) -> None:
    file: Any = instance.file
    transaction.on_commit(lambda: file.storage.delete(file.name))


def _party_saved(sender: Any, instance: Organisation, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """What names an organisation that is public no longer is taken back, to be looked at again first."""
    if raw or created or instance.is_home or instance.classification == Classification.PUBLIC:
        return
    for item in Item.objects.filter(withdrawn_at=None, kind__in=[Item.Kind.ACTIVITY, Item.Kind.AGREEMENT]):
        if instance.pk in item.content["names"]:
            subject = KINDS[item.kind].model._default_manager.filter(pk=item.record_id).first()
            if subject is not None:
                follow(item.kind, subject, still=False)


def _is_public(kind: str, record: Any) -> bool:
    return Item.objects.filter(kind=kind, record_id=record.pk, withdrawn_at=None).exists()
