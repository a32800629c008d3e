"""Forged, misdirected and bent requests."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.casework.models import RequestDocument
from hanze.register.operations import attach
from tests import factories
from tests.rights import Row
from tests.test_rights import ROWS

pytestmark = pytest.mark.django_db
EVIL = "https://evil.example/"
POSTED = sorted({row.url_name: row for row in ROWS if row.post is not None}.items())
EVIL_ADDRESSES = [
    EVIL,
    "//evil.example/",
    "https:evil.example",
    "/\\evil.example",
    "\t//evil.example",
    "javascript:x()",
]


def signed_in(users: dict[Role, Any], row: Row, **options: Any) -> Client:
    client = Client(**options)
    if row.allow:
        role = sorted(row.allow)[0]
        client.force_login(users[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize(("name", "row"), [each for each in POSTED if not each[0].startswith("api:")])
def test_a_post_without_its_token_is_refused(name: str, row: Row, people: dict[Role, Any]) -> None:
    client = signed_in(people, row, enforce_csrf_checks=True)
    assert client.post(reverse(name, kwargs=row.kwargs()), row.post).status_code == 403


@pytest.mark.parametrize(("name", "row"), POSTED)
def test_no_answer_sends_the_reader_to_another_site(name: str, row: Row, people: dict[Role, Any]) -> None:
    client = signed_in(people, row)
    bent = {"next": EVIL, "return": EVIL, "url": EVIL, "redirect_to": EVIL}
    address = reverse(name, kwargs=row.kwargs())
    answer = client.post(f"{address}?next={EVIL}", {**(row.post or {}), **bent}, headers={"referer": EVIL})
    assert urlsplit(answer.get("Location", "/")).hostname in (None, "testserver")


@pytest.mark.parametrize("evil", EVIL_ADDRESSES)
@pytest.mark.parametrize("name", ["account_login", "account_logout", "web:set-language"])
def test_signing_in_and_choosing_a_language_lead_nowhere_else(name: str, evil: str) -> None:
    person = factories.user(Role.COORDINATOR)
    sent = {"login": person.email, "password": "a-long-password-1", "language": "en", "next": evil}
    answer = Client().post(reverse(name), sent)
    target = answer.get("Location", "/")
    assert urlsplit(target).hostname in (None, "testserver")
    assert not target.lower().startswith(("javascript:", "//", "/\\", "\\"))


def test_another_host_name_is_refused_before_anything_is_done() -> None:
    factories.user(Role.COORDINATOR, email="her@region.example")
    for name in ("web:start", "account_login", "account_reset_password", "publication:feed", "publication:catalog"):
        assert Client(headers={"host": "evil.example"}).get(reverse(name)).status_code == 400
    reset = Client(headers={"host": "evil.example"}).post(
        reverse("account_reset_password"), {"email": "her@region.example"}
    )
    assert reset.status_code == 400
    assert mail.outbox == []
    bent = Client(headers={"x-forwarded-host": "evil.example"}).get(reverse("publication:feed"))
    assert "evil.example" not in bent.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "....//....//etc/passwd",
        "/etc/passwd",
        "\\..\\..\\windows\\win.ini",
    ],
)
def test_no_path_leads_out_of_where_files_are_kept(path: str, client_for: Any) -> None:
    client = client_for(Role.COORDINATOR)
    evaluation = factories.evaluation()
    for begin in ("/static/", "/files/", "/media/", f"/evaluation/{evaluation.pk}/report.", "/public/data/"):
        answer = client.get(f"{begin}{path}")
        assert answer.status_code in (301, 302, 400, 404)
        assert b"root:" not in answer.getvalue()


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "..\\..\\evil.txt", "/etc/evil.txt", "a/b/../../../evil.txt", "C:\\evil.txt"]
)
def test_an_upload_stays_in_its_folder_whatever_it_is_called(name: str) -> None:
    file = SimpleUploadedFile("x.txt", b"evil")
    file._name = name  # a browser sends what it likes
    kept = attach(by=None, attachment_model=RequestDocument, parent=factories.request(), title="A", file=file)
    stored = kept.file.name
    assert stored.startswith("casework.requestdocument/")
    assert ".." not in stored
    assert "\\" not in stored
    assert default_storage.exists(stored)


@pytest.mark.parametrize(
    "header", ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"]
)
@pytest.mark.parametrize("name", ["account_login", "publication:home", "casework:public-request", "web:today"])
def test_every_page_says_what_a_browser_may_do_with_it(name: str, header: str, client_for: Any) -> None:
    answer = client_for(Role.COORDINATOR).get(reverse(name), follow=True)
    assert answer.headers.get(header)
    if header == "Content-Security-Policy":
        assert "unsafe" not in answer[header]
        assert "default-src 'none'" in answer[header]
