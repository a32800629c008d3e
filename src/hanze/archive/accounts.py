"""Erasing and copying what is kept about somebody who worked here: her account, and her name wherever it stands."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Count
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts import sessions
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.archive import erasures, places
from hanze.archive.erasing import check_reason, leave_nothing_on_disk, take_names_out
from hanze.archive.mentions import mentions
from hanze.archive.models import Erasure
from hanze.archive.names import spelled
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.audit.personal import ERASED

NOWHERE = "erased.invalid"
"""Addresses in this domain cannot exist: no password can be asked for with them."""


def names_of(account: User, also: Iterable[str] = ()) -> tuple[str, ...]:
    """What somebody with an account is or was called here: name, address, earlier names in the log, and `also`."""
    if account.email.endswith(f"@{NOWHERE}"):
        return ()
    about = Event.objects.filter(subject_type=account._meta.label_lower, subject_id=str(account.pk))
    earlier = [*about.values_list("subject_label", flat=True).distinct()]
    earlier += Event.objects.filter(actor=account).values_list("actor_name", flat=True).distinct()
    return spelled((account.name, account.email, *earlier, *also))


@transaction.atomic
def erase_account(
    account: User, *, by: User | None, reason: str, also: Iterable[str] = (), leave: Collection[str] = ()
) -> Erasure:
    """Erase somebody who no longer works here; the arguments are those of `erase_person`.

    What she did stays in the log under the number of her account. Raises PermissionDenied, ValidationError (the account
    is open; erased before; the reason is empty or names her).
    """
    require(by, "archive.erase_account")
    if account.is_active:
        raise ValidationError(_("Close the account first: who still works here is not erased."))
    names = names_of(account, also)
    check_reason(reason, names)
    erasure = Erasure.objects.create(account_id=account.pk, by=by, reason=reason.strip())
    _carry_out(erasure, account, names, set(leave))
    at = erasure.at.isoformat()
    transaction.on_commit(lambda: erasures.keep("account", account.pk, names, at=at, reason=erasure.reason))
    return erasure


@transaction.atomic
def erase_again(account: User, *, at: str, reason: str) -> Erasure:
    """Erase an account that a restored backup brought back."""
    moment = datetime.fromisoformat(at)
    erasure = Erasure.objects.create(account_id=account.pk, at=moment, reason=reason, again=True)
    _carry_out(erasure, account, names_of(account), set())
    return erasure


def _carry_out(erasure: Erasure, account: User, names: Collection[str], leave: set[str]) -> None:
    leave_nothing_on_disk()
    for model in (Authenticator, SocialAccount, EmailAddress):
        model.objects.filter(user=account).delete()
    account.roles_held.all().delete()
    account.set_unusable_password()
    account.name, account.email, account.title, account.department = ERASED, f"{account.pk}@{NOWHERE}", "", ""
    account.is_active = False
    account.save()
    sessions.end_sessions(account, by=erasure.by)
    take_names_out(erasure, [account], names, leave, set())
    record("account.erased", by=erasure.by, subject=account, reason=erasure.reason, at=erasure.at, erasure=erasure.pk)


def about(account: User) -> dict[str, Any]:
    """What is kept of the account itself: its details, how she signs in (without the secrets), and what was done."""
    did = Event.objects.filter(actor=account).order_by("name").values_list("name").annotate(times=Count("pk"))
    happened = Event.objects.filter(subject_type=account._meta.label_lower, subject_id=str(account.pk))
    steps = Authenticator.objects.filter(user=account).order_by("pk")
    return {
        "account": {
            "name": account.name,
            "email": account.email,
            "title": account.title,
            "department": account.department,
            "language": account.language,
            "created_at": account.created_at,
            "last_login": account.last_login,
            "roles": sorted(held.role for held in account.roles_held.all()),
        },
        "second_steps": [{"kind": each.type, "added": each.created_at, "used": each.last_used_at} for each in steps],
        "providers": list(SocialAccount.objects.filter(user=account).values("provider", "uid", "date_joined")),
        "sessions": [{"began": each.started, "with": each.agent} for each in sessions.sessions_of(account)],
        "done": dict(did),
        "happened": list(happened.order_by("at", "pk").values("at", "name", "actor_name", "reason", "data")),
    }


def export_account(account: User, *, by: User) -> bytes:
    """A zip with what is kept about the account, as data and as a page to read. Raises PermissionDenied."""
    require(by, "archive.erase_account")
    named, unread = mentions(names_of(account), by)
    content = {**about(account), "named_in": [asdict(each) for each in named], "unread": [each.key for each in unread]}
    content["made_on"] = timezone.localdate()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("data.json", json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        package.writestr("read-me.html", render_to_string("archive/account_copy.html", {**content, "person": account}))
        for each in named:
            _add_file(package, each.key)
    record("account.copied", by=by, subject=account)
    return packed.getvalue()


def _add_file(package: zipfile.ZipFile, key: str) -> None:
    kept = places.file_of(key)
    if kept is not None:
        with kept.open("rb") as file:
            package.writestr(f"files/{kept.name.rpartition('/')[2]}", file.read())
