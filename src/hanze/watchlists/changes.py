"""When a party changes in the register it is screened anew, so that a new name never goes unseen."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from hanze.register.models import Identifier, Organisation, Person
from hanze.screening.identity import fingerprint
from hanze.watchlists.models import Run, Subject
from hanze.watchlists.operations.screening import screen
from hanze.watchlists.parties import party_of


def connect() -> None:
    """Listen to the register."""
    for model in (Organisation, Person):
        post_save.connect(_record_saved, sender=model, dispatch_uid=f"watchlists-{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(_number_changed, sender=Identifier, dispatch_uid="watchlists-identifier")


def _record_saved(sender: type[Organisation | Person], instance: Any, created: bool, **_: Any) -> None:
    if not created:
        _screen_if_changed(Subject.objects.filter(**{sender.__name__.lower(): instance}).first())


def _number_changed(sender: type[Identifier], instance: Identifier, **_: Any) -> None:
    _screen_if_changed(Subject.objects.filter(organisation=instance.organisation_id).first())


def _screen_if_changed(subject: Subject | None) -> None:
    if (
        subject is not None
        and subject.is_current
        and subject.screened_at
        and fingerprint(party_of(subject)) != subject.fingerprint
    ):
        screen([subject], by=None, why=Run.Why.PARTY_CHANGED)
