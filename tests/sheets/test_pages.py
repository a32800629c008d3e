"""The pages of an import: from a file to what it brought in, and nothing of what the reader may not see."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.register.models import Organisation
from hanze.sheets.models import Import
from tests import factories
from tests.sheets import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    factories.country()
    factories.home()


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "nl"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client: Client, name: str, **kwargs: Any) -> str:
    return client.get(reverse(f"sheets:{name}", kwargs=kwargs)).content.decode()


def test_from_the_file_to_what_it_brought_in_through_the_pages() -> None:
    client = signed_in(making.officer())
    file = SimpleUploadedFile("partijen.csv", b"Naam;Soort;Land\nVoorbeeldstad;Gemeente;China\n")
    given = {"file": file, "classification": "internal", "differing": "side-by-side", "said_by": "Bureau"}
    client.post(reverse("sheets:import-create"), given)
    pk = Import.objects.get().pk
    assert "Organisaties" in page(client, "import-detail", pk=pk)
    client.post(reverse("sheets:import-compare", args=[pk]))
    assert "Voorbeeldstad" in page(client, "import-detail", pk=pk)
    client.post(reverse("sheets:import-bring-in", args=[pk]))
    made = Organisation.objects.get(name="Voorbeeldstad")
    assert made.get_absolute_url() in page(client, "import-detail", pk=pk)
    client.post(reverse("sheets:import-undo", args=[pk]))
    assert not Organisation.objects.filter(name="Voorbeeldstad").exists()


def test_who_may_not_see_a_record_sees_nothing_of_it_in_the_import_of_another() -> None:
    importer, other = making.officer(), making.officer()
    hidden = factories.organisation(
        name="Universiteit van Geheimstad", kind="knowledge", classification="restricted", website="https://zie.example"
    )
    hidden.team.add(importer)
    content = (
        "Naam;Soort;Website\nUniversiteit van Geheimstad;Universiteit;anders.example\nUniversiteit Geheimstad;School;\n"
    )
    imported = making.compared(making.handed_in(content, by=importer, name="a.csv"))
    hers, others = (
        page(signed_in(importer), "import-detail", pk=imported.pk),
        page(signed_in(other), "import-detail", pk=imported.pk),
    )
    for secret in ("https://zie.example", hidden.get_absolute_url()):
        assert secret in hers
        assert secret not in others


def test_a_restricted_import_is_not_there_for_others() -> None:
    imported = making.handed_in("Naam;Soort\nA;Gemeente\n", name="a.csv", classification="restricted")
    for role in (Role.COORDINATOR, Role.POLICY_OFFICER):
        client = signed_in(making.officer(role))
        assert client.get(imported.get_absolute_url()).status_code == 404
        assert client.get(reverse("sheets:import-file", args=[imported.pk])).status_code == 404
        assert imported.file_name not in page(client, "import-list")


def test_the_refused_rows_come_as_the_same_sheet_with_what_is_wrong() -> None:
    imported = making.compared(
        making.handed_in("Naam;Soort;Land\nA;Gemeente;Nergens\nB;Gemeente;China\n", name="a.csv")
    )
    answer = signed_in(imported.by).get(reverse("sheets:import-problems", args=[imported.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
    rows = [list(row) for row in book.active.iter_rows(values_only=True)][3:]
    assert rows[0][:3] == ["Naam", "Soort", "Land"]
    assert [row[0] for row in rows[1:]] == ["A"]
    assert "Nergens" in rows[1][-1]


def test_the_kept_file_comes_as_an_attachment_that_no_browser_opens() -> None:
    imported = making.handed_in("Naam;Soort\nA;Gemeente\n", name="a.csv")
    answer = signed_in(imported.by).get(reverse("sheets:import-file", args=[imported.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/octet-stream")


def test_markup_in_a_cell_is_shown_as_text() -> None:
    imported = making.compared(making.handed_in("Naam;Soort\n<script>alert(1)</script>;Iets\n", name="a.csv"))
    shown = page(signed_in(imported.by), "import-detail", pk=imported.pk)
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown
