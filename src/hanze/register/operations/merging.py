"""Making two records of the same party one, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes as differences
from hanze.audit.log import record
from hanze.claims.facts import sheet_of
from hanze.claims.models import Claim
from hanze.register.merging import steps
from hanze.register.merging.comparing import chosen
from hanze.register.merging.followers import followers
from hanze.register.models import Merge, Organisation, Person
from hanze.register.operations.organisations import check_place
from hanze.register.saving import snapshot

Party = Organisation | Person


@transaction.atomic
def merge_parties(kept: Party, gone: Party, choices: Mapping[str, str], *, by: User | None, reason: str) -> Merge:
    """Make `gone` one with `kept`: all that refers to it refers to `kept` from now on, and its address leads there.

    `choices` says for fields in which they differ whether "kept", "gone" or, for texts, "both" holds. The record of
    `gone` stays as it was, out of sight, so that everything can be undone.
    Raises PermissionDenied, ValidationError (reason; the same record; our own organisation; the fields chosen).
    """
    permission = f"register.merge_{kept._meta.model_name}"
    for party in (kept, gone):
        require(by, permission, party)
    kept, gone = _locked(kept, gone)
    _check(kept, gone, reason)
    before = snapshot(kept)
    done = [steps.change(kept, name, value) for name, value in _fields(kept, gone, choices).items()]
    done += steps.move(kept, gone)
    done.append(steps.change(gone, "merged_into", kept.pk))
    kept = _settled(kept)
    done += _stay_in_sight(kept, by) + _claims_follow(kept)
    gone = _settled(gone)
    made = Merge(
        content_type=ContentType.objects.get_for_model(kept),
        kept_id=kept.pk,
        gone_id=gone.pk,
        by=by,
        reason=reason.strip(),
        steps=done,
    )
    made.save()
    _log(kept, before, by, made)
    made.carried = {name: follower.merge(kept, gone, by=by) for name, follower in followers().items()}
    made.save(update_fields=["carried"])
    return made


@transaction.atomic
def undo_merge(merge: Merge, *, by: User | None, because: str) -> Merge:
    """Take a merging back. What was changed since stays as it is, and is named in `left`.

    Raises PermissionDenied, ValidationError (reason; undone already; the kept one went up in another since).
    """
    kept, gone = _locked(merge.kept, merge.gone)
    require(by, f"register.merge_{kept._meta.model_name}", kept)
    if not because.strip():
        raise ValidationError({"because": _("Say why it is undone.")})
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at:
        raise ValidationError(_("This merging has been undone already."))
    if kept.merged_into_id:
        raise ValidationError(_("The kept record was merged with another since. Undo that merging first."))
    before = snapshot(kept)
    merge.left = [_named(step) for step in reversed(merge.steps) if not steps.take_back(step)]
    kept, gone = _settled(kept), _settled(gone)
    for name, follower in followers().items():
        if name in merge.carried:
            follower.undo(merge.carried[name], by=by)
    merge.undone_at, merge.undone_by, merge.undone_because = timezone.now(), by, because.strip()
    merge.save()
    changed = _changes(kept, before)
    record(f"{kept._meta.model_name}.parted", by=by, subject=kept, reason=because.strip(), merge=merge.pk, **changed)
    record(f"{gone._meta.model_name}.parted", by=by, subject=gone, reason=because.strip(), merge=merge.pk)
    return merge


def _locked(kept: Party, gone: Party) -> tuple[Any, Any]:
    """Both as they are stored, while others who change them wait; in one order, so that nobody waits for ever."""
    model = type(kept)
    if type(gone) is not model:
        raise TypeError("An organisation and a person are never the same party.")
    locked = model.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([kept.pk, gone.pk])
    return locked[kept.pk], locked[gone.pk]


def _check(kept: Any, gone: Any, reason: str) -> None:
    if kept.pk == gone.pk:
        raise ValidationError(_("This is the same record. Choose another."))
    if kept.merged_into_id or gone.merged_into_id:
        raise ValidationError(_("One of the two was merged with another already."))
    if getattr(gone, "is_home", False):
        raise ValidationError(_("Our own organisation cannot go up in another; keep that one."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why they are the same.")})


def _fields(kept: Any, gone: Any, choices: Mapping[str, str]) -> dict[str, Any]:
    """The chosen values, checked as a whole; nothing is saved yet."""
    try:
        values = chosen(kept, gone, choices)
    except ValueError as error:
        raise ValidationError(_("Choose for each field which value holds.")) from error
    checked = type(kept).objects.get(pk=kept.pk)
    for attname, value in values.items():
        setattr(checked, attname, value)
    if isinstance(checked, Organisation):
        check_place({"country": checked.country, "region": checked.region, "city": checked.city})
    checked.full_clean()
    return values


def _settled(party: Any) -> Any:
    """The party as it is stored now, saved once more so that search and screening hear of it."""
    stored = type(party).objects.get(pk=party.pk)
    stored.save()
    return stored


def _stay_in_sight(kept: Any, by: User | None) -> list[steps.Step]:
    """Who merges stays on a record that she could not see otherwise."""
    if by is None or type(kept).objects.visible_to(by).filter(pk=kept.pk).exists():
        return []
    if kept.classification not in (Classification.CONFIDENTIAL, Classification.RESTRICTED):
        return []
    kept.team.add(by)
    through: Any = kept.team.through
    row = through.objects.get(**{f"{kept._meta.model_name}_id": kept.pk, "user_id": by.pk})
    return [steps.added(row)]


def _claims_follow(kept: Any) -> list[steps.Step]:
    """What the chosen values say stands, and what they do not is set aside, with the reason of the merging."""
    done = []
    facts = sheet_of(kept).facts
    for claim in Claim.objects.about(kept).filter(standing=Claim.Standing.STANDS):
        fact = facts.get(claim.fact)
        if fact is not None and fact.fields and fact.stands(kept) != claim.value:
            done.append(steps.change(claim, "standing", Claim.Standing.SET_ASIDE))
    return done


def _log(kept: Any, before: dict[str, Any], by: User | None, made: Merge) -> None:
    name = f"{kept._meta.model_name}.merged"
    record(name, by=by, subject=kept, reason=made.reason, merge=made.pk, **_changes(kept, before))


def _changes(kept: Any, before: dict[str, Any]) -> dict[str, Any]:
    """What changed, for the log; of a person which fields only, as with any change of her."""
    changed = differences(before, snapshot(type(kept).objects.get(pk=kept.pk)))
    if not changed:
        return {}
    return {"fields": sorted(changed)} if isinstance(kept, Person) else {"changes": changed}


def _named(step: steps.Step) -> dict[str, Any]:
    """What did not go back: which row, and which field of it."""
    return {"model": step["model"], "pk": step["pk"], "field": step.get("field", "")}
