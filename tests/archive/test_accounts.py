"""Somebody who left: her name goes from everywhere, and she can never sign in; what she did stays, under a number."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.accounts.operations import close_account
from hanze.archive import erasures
from hanze.archive.accounts import erase_account, export_account
from hanze.archive.models import Erasure
from hanze.archive.restored import reapply
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.audit.personal import ERASED
from hanze.casework.models import RequestDocument
from tests import factories
from tests.archive.test_erasing import traces

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Quixanne Vlerkemond", "q.vlerkemond@region.example"
WHY = "Left the service five years ago"


@pytest.fixture(autouse=True)
def list_of_erasures(settings: Any, tmp_path: Path) -> None:
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"


@pytest.fixture
def administrator(people: dict[Role, Any]) -> User:
    return people[Role.ADMINISTRATOR]


@pytest.fixture
def left(administrator: User) -> User:
    """A colleague who worked with everything, and whose account is closed."""
    her = factories.user(
        Role.COORDINATOR, name=NAME, email=EMAIL, title="Vlerkemond's post", password="a-long-password-1"
    )
    Client().post(reverse("account_login"), {"login": EMAIL, "password": "a-long-password-1"})
    Authenticator.objects.create(user=her, type="totp", data={"secret": "x"})
    SocialAccount.objects.create(user=her, provider="organisation", uid="vlerkemond")
    request = factories.request(description=f"Ask {NAME} first")
    record("request.changed", by=her, subject=request, reason=f"{NAME} said so", changes={"title": ["a", NAME]})
    file = ContentFile(f"Regards, {NAME}".encode(), name="vlerkemond.txt")
    RequestDocument.objects.create(request=request, title=f"Letter of {NAME}", file=file, uploaded_by=her)
    close_account(her, by=administrator, because="Left")
    return her


def test_her_name_stands_nowhere_any_more_and_what_she_did_stays(
    left: User, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    assert {trace.partition(":")[0] for trace in traces()} >= {"accounts_user", "audit_event", "casework_request"}
    acted = Event.objects.filter(actor=left).count()
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(left, by=administrator, reason=WHY, also=["Vlerkemond"])
    assert traces() == []
    assert Event.objects.filter(actor=left, actor_name=ERASED).count() == acted > 1
    done = Erasure.objects.get()
    assert (done.account_id, done.person_id, done.by, done.reason) == (left.pk, None, administrator, WHY)
    assert Event.objects.get(name="account.erased").subject_id == str(left.pk)


def test_she_can_never_sign_in_again_and_no_second_step_is_left(left: User, administrator: User) -> None:
    User.objects.filter(pk=left.pk).update(is_active=True)
    session = Client()
    assert session.login(email=EMAIL, password="a-long-password-1")
    User.objects.filter(pk=left.pk).update(is_active=False)
    left.refresh_from_db()
    erase_account(left, by=administrator, reason=WHY)
    left.refresh_from_db()
    assert not left.has_usable_password()
    assert not left.is_active
    assert not left.roles_held.exists()
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    assert not any(str(left.pk) == each.get_decoded().get("_auth_user_id") for each in Session.objects.all())


def test_who_still_works_here_is_not_erased_and_nobody_is_twice(left: User, administrator: User) -> None:
    with pytest.raises(ValidationError, match="Sluit eerst"):
        erase_account(administrator, by=administrator, reason=WHY)
    erase_account(left, by=administrator, reason=WHY)
    left.refresh_from_db()
    with pytest.raises(ValidationError, match="gewist"):
        erase_account(left, by=administrator, reason=WHY)


def test_only_an_administrator_erases_and_the_reason_names_nobody(left: User, people: dict[Role, Any]) -> None:
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(PermissionDenied):
            erase_account(left, by=people[role], reason=WHY)
    for reason in ("", f"{NAME} left", f"mail {EMAIL}"):
        with pytest.raises(ValidationError):
            erase_account(left, by=people[Role.ADMINISTRATOR], reason=reason)
    assert not Erasure.objects.exists()


def test_a_person_can_decide_that_a_text_keeps_her_name(left: User, administrator: User) -> None:
    agreement = factories.agreement(subject=f"Signed by {NAME}")
    erase_account(left, by=administrator, reason=WHY, leave=[f"register.agreement:{agreement.pk}:subject"])
    agreement.refresh_from_db()
    assert agreement.subject == f"Signed by {NAME}"
    assert Erasure.objects.get().left == 1


def test_an_older_backup_does_not_bring_her_back(
    left: User, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(left, by=administrator, reason=WHY)
    assert "vlerkemond" not in erasures.path().read_text().lower()
    User.objects.filter(pk=left.pk).update(name=NAME, email=EMAIL, is_active=True)
    assert reapply() == 1
    left.refresh_from_db()
    assert (left.name, left.is_active) == (ERASED, False)
    User.objects.filter(pk=left.pk).update(name="Somebody Else", email="else@region.example", is_active=True)
    assert reapply() == 0


def test_the_copy_holds_what_is_kept_and_no_secret(left: User, administrator: User) -> None:
    with zipfile.ZipFile(io.BytesIO(export_account(left, by=administrator))) as package:
        data = json.loads(package.read("data.json"))
        page = package.read("read-me.html").decode()
        names = package.namelist()
    assert data["account"]["email"] == EMAIL
    assert [each["kind"] for each in data["second_steps"]] == ["totp"]
    assert "secret" not in json.dumps(data)
    assert data["done"]["request.changed"] == 1
    assert NAME in page
    assert "files/vlerkemond.txt" in names
    assert any("Ask Quixanne Vlerkemond first" in text for each in data["named_in"] for text in each["text"])


def test_on_the_pages_an_administrator_sees_it_and_erases(left: User, client_for: Any) -> None:
    client = client_for(Role.ADMINISTRATOR)
    account = client.get(reverse("people:account-edit", args=[left.pk])).content.decode()
    assert reverse("archive:account-data", args=[left.pk]) in account
    assert EMAIL in client.get(reverse("archive:account-data", args=[left.pk])).content.decode()
    client.post(reverse("archive:account-erase", args=[left.pk]), {"reason": WHY})
    left.refresh_from_db()
    assert left.name == ERASED
    assert "Een account" in client.get(reverse("archive:erasure-list")).content.decode()
    assert client.get(reverse("archive:account-data", args=[left.pk])).status_code == 404
