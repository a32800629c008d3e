"""Undoing a whole import: what it made goes, what it changed goes back, what was changed later is named and stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record as log
from hanze.audit.models import Event
from hanze.casework.models import RequestParticipant
from hanze.casework.operations import change_request, remove_participant
from hanze.claims.models import Claim
from hanze.claims.operations import withdraw_claim
from hanze.missions.models import Participation
from hanze.missions.operations import change_activity, change_participation, remove_participation
from hanze.register.models import Organisation, Person
from hanze.register.operations import change_agreement, change_organisation, change_person, change_relation
from hanze.register.searching import at_once
from hanze.sheets import progress
from hanze.sheets.models import Effect, Import
from hanze.sheets.operations.choosing import BATCH, _must_be
from hanze.sheets.plain import plain_fields, values_back
from hanze.watchlists.operations.forgetting import leave

State = Import.State
CHANGE: dict[str, Any] = {
    "register.organisation": change_organisation,
    "register.person": change_person,
    "register.relation": change_relation,
    "register.agreement": change_agreement,
    "casework.request": change_request,
    "missions.activity": change_activity,
    "missions.participation": change_participation,
}
OWN_WAY = frozenset({"missions.participation", "casework.requestparticipant", "claims.claim"})
"""What an operation of its own takes away, one by one."""
TOGETHER = 200
NOT_OURS = frozenset({"updated_at", "created_at"})


@transaction.atomic
def start_undoing(imported: Import, *, by: User) -> Import:
    """Have an import undone. Raises PermissionDenied, ValidationError (it was not brought in)."""
    require(by, "sheets.undo_import", imported)
    _must_be(imported, State.DONE)
    imported.state, imported.undone_by = State.UNDOING, by
    imported.save(update_fields=["state", "undone_by"])
    return imported


def undo(imported: Import, *, also_changed: bool = False) -> Import:
    """Undo an import, the last row first, in one transaction. What somebody changed later stays, with the reason,
    unless `also_changed`; what others refer to stays always. Does nothing when it was done before."""
    if imported.state != State.UNDOING or imported.undone_by is None:
        return imported
    with transaction.atomic(), at_once():
        effects = list(imported.effects.filter(undone=False).order_by("-pk"))
        later = {} if also_changed else changed_later(imported, effects)
        done = 0
        for alike in _alike(effects, later):
            for effect, because in _undo_several(alike, imported.undone_by, later):
                effect.stayed_because = because
                effect.undone = not effect.stayed_because
                done += 1
                progress.report(imported.pk, done, len(effects))
        Effect.objects.bulk_update(effects, ["undone", "stayed_because"], batch_size=BATCH)
        stayed = sum(1 for effect in effects if effect.stayed_because)
        imported.state, imported.undone_at = State.UNDONE, timezone.now()
        imported.save(update_fields=["state", "undone_at"])
        log("import.undone", by=imported.undone_by, subject=imported, undone=len(effects) - stayed, stayed=stayed)
    progress.forget(imported.pk)
    return imported


def changed_later(imported: Import, effects: list[Effect]) -> dict[tuple[str, int], Event]:
    """The records of an import about which the log tells anything after it, each with the last such event."""
    by_model: dict[str, list[str]] = {}
    for effect in effects:
        by_model.setdefault(effect.model, []).append(str(effect.record))
    found: dict[tuple[str, int], Event] = {}
    for model, keys in by_model.items():
        for at in range(0, len(keys), BATCH):
            chunk = keys[at : at + BATCH]
            about = models.Q(subject_type=model, subject_id__in=chunk) | models.Q(case_type=model, case_id__in=chunk)
            events = Event.objects.filter(about, pk__gt=imported.last_event).exclude(name="record.read")
            for event in events.order_by("pk"):
                key = event.subject_id if event.subject_type == model else event.case_id
                found[(model, int(key))] = event
    return found


def _alike(effects: list[Effect], later: dict[tuple[str, int], Event]) -> Iterator[list[Effect]]:
    """The effects in their order: those that follow each other and made records of one kind that go as they are,
    together; each other one alone."""

    def kind(effect: Effect) -> str:
        goes = effect.made and effect.model not in OWN_WAY and (effect.model, effect.record) not in later
        return effect.model if goes else ""

    for model, group in groupby(effects, kind):
        following = list(group)
        size = TOGETHER if model else 1
        yield from (following[at : at + size] for at in range(0, len(following), size))


def _undo_several(effects: list[Effect], by: User, later: dict[tuple[str, int], Event]) -> Iterator[tuple[Effect, str]]:
    """Each effect with why it stayed, or nothing: all at once where that can be, else the one half and the other."""
    if len(effects) == 1:
        yield effects[0], _undo_one(effects[0], by, later)
    elif _remove_together(effects, by):
        yield from ((effect, "") for effect in effects)
    else:
        middle = len(effects) // 2
        yield from _undo_several(effects[:middle], by, later)
        yield from _undo_several(effects[middle:], by, later)


def _remove_together(effects: list[Effect], by: User) -> bool:
    """Take away records of one kind that the import made; when one of them has to stay, nothing is done, and False."""
    model: Any = apps.get_model(effects[0].model)
    rows = list(model._default_manager.filter(pk__in=[effect.record for effect in effects]).order_by("-pk"))
    linked = (
        rel.related_model._base_manager.filter(**{f"{rel.field.name}__in": rows}).exists()
        for rel in model._meta.related_objects
        if rel.many_to_many
    )
    if any(linked):
        return False
    try:
        with transaction.atomic():
            for row in rows:
                _check_may_remove(row, by)
            if issubclass(model, Organisation | Person):
                leave(rows)
            for row in rows:
                log("import.record-removed", by=by, subject=row)
            model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    except (ProtectedError, RestrictedError, ValidationError, PermissionDenied):
        return False
    return True


def _undo_one(effect: Effect, by: User, later: dict[tuple[str, int], Event]) -> str:
    """Undo one effect; why it stayed, or nothing."""
    model = apps.get_model(effect.model)
    stands = model._default_manager.filter(pk=effect.record).first()
    if stands is None:
        return ""
    try:
        with transaction.atomic():
            if not effect.made:
                return _put_back(effect, stands, by)
            if event := later.get((effect.model, effect.record)):
                return _("Changed later, by %(who)s.") % {"who": event.actor_name or "Hanze"}
            return _remove(stands, by)
    except (ProtectedError, RestrictedError) as error:
        return _others(getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", ()))
    except ValidationError as error:
        return " ".join(error.messages)
    except PermissionDenied:
        return _("You may not change this record any more.")


def _put_back(effect: Effect, stands: Any, by: User) -> str:
    """Put back the fields that still hold what the import gave them."""
    now = plain_fields(stands)
    ours = [name for name, value in effect.after.items() if name not in NOT_OURS and now.get(name) == value]
    kept = [name for name, value in effect.after.items() if name not in NOT_OURS and now.get(name) != value]
    if ours:
        fields = values_back(type(stands), {name: effect.before.get(name) for name in ours})
        CHANGE[effect.model](stands, by=by, **fields)
    if kept:
        labels = ", ".join(_label(type(stands), name) for name in kept)
        return _("Changed later and left as it is: %(fields)s.") % {"fields": labels}
    return ""


def _remove(stands: Any, by: User) -> str:
    """Take away a record that the import made, unless others came to refer to it."""
    if isinstance(stands, Participation):
        remove_participation(stands, by=by, because=_("The import was undone"))
        return ""
    if isinstance(stands, RequestParticipant):
        remove_participant(stands, by=by)
        return ""
    if isinstance(stands, Claim):
        return _withdraw(stands, by)
    _check_may_remove(stands, by)
    linked = [rel for rel in stands._meta.related_objects if rel.many_to_many and _has(stands, rel)]
    if linked:
        return _("Others refer to it: %(what)s.") % {"what": linked[0].related_model._meta.verbose_name_plural}
    if isinstance(stands, Organisation | Person):
        leave([stands])
    log("import.record-removed", by=by, subject=stands)
    stands.delete()
    return ""


def _withdraw(claim: Claim, by: User) -> str:
    """Take back what the file said, unless somebody decided meanwhile that it holds."""
    if claim.standing == Claim.Standing.WITHDRAWN:
        return ""
    if claim.resolutions.exclude(by=claim.recorded_by).exists():
        return _("Somebody decided that it holds.")
    withdraw_claim(claim, by=by, because=_("The import was undone"))
    return ""


def _check_may_remove(stands: Any, by: User) -> None:
    owner = {"register.post": "person", "register.relationstatus": "relation"}.get(stands._meta.label_lower)
    changing = getattr(stands, owner) if owner else stands
    require(by, f"{changing._meta.app_label}.change_{changing._meta.model_name}", changing)


def _has(stands: Any, relation: Any) -> bool:
    accessor = relation.get_accessor_name()
    return bool(accessor) and getattr(stands, accessor).exists()


def _others(objects: Any) -> str:
    kinds = sorted({str(each._meta.verbose_name_plural) for each in objects})
    return _("Others refer to it: %(what)s.") % {"what": ", ".join(kinds)}


def _label(model: type[models.Model], name: str) -> str:
    return name if name == "identifiers" else str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
