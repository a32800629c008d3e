"""A record that everybody may see gives away nothing of the hidden records that it is tied to."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from hanze.accounts.models import Role
from tests.leaks.addresses import addresses
from tests.leaks.conftest import client_of
from tests.leaks.neighbours import Neighbourhood, hidden_from, leaks
from tests.leaks.table import SECRETS, SEEN_BY
from tests.leaks.test_matrix import DETAIL
from tests.rights import READERS

pytestmark = pytest.mark.django_db

# What an auditor, who may see all, finds on the page of each open record: the names that others must not find.
TIED = {
    "organisation": {"person", "agreement", "activity"},
    "person": {"organisation", "activity"},
    "relation": {"agreement", "activity"},
    "agreement": {"organisation"},
    "request": {"organisation", "partner", "company", "person", "contact", "activity"},
    "contact": {"organisation", "request"},
    "activity": {"organisation", "company", "partner", "person", "agreement", "contact", "reference"},
    "evaluation": {"activity"},
}
FORMATS = ("html", "json", "xlsx", "docx", "pdf")


@pytest.mark.parametrize("role", [*Role, None])
def test_no_page_names_a_record_that_is_hidden_from_its_reader(
    role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    client = client_of(users.get(role))
    found: dict[str, list[str]] = {}
    for near in around.values():
        for address in addresses(near):
            answer = client.get(address)
            assert answer.status_code < 500, address
            if leaked := leaks(answer.getvalue().decode(errors="replace"), role, around):
                found[address] = leaked
    assert found == {}


@pytest.mark.parametrize("model", TIED)
def test_who_may_see_them_finds_their_names_on_the_page(
    model: str, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    client = client_of(users[Role.AUDITOR])
    for near in around.values():
        page = client.get(reverse(DETAIL[model], args=[near.hubs[model].pk])).content.decode()
        assert {kind for kind in TIED[model] if near.words[kind] in page} == TIED[model]


@pytest.mark.parametrize("role", sorted(READERS - {Role.AUDITOR}))
@pytest.mark.parametrize("words", [True, False])
def test_search_by_a_hidden_name_finds_nothing(
    words: bool, role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    """Neither by the whole name nor by its beginning: not the record itself, and nobody tied to it."""
    client = client_of(users[role])
    for word, what in hidden_from(role, around).items():
        asked = word if words else word[:-4]
        assert client.get(reverse("web:search"), {"q": asked}).context["results"].total == 0, what


@pytest.mark.parametrize("role", sorted(READERS))
@pytest.mark.parametrize("extension", FORMATS)
def test_no_export_of_an_evaluation_names_a_hidden_record(
    extension: str, role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood], tmp_path: Path
) -> None:
    evaluation = around["internal"].hubs["evaluation"]
    answer = client_of(users[role]).get(reverse("evaluation:report", args=[evaluation.pk, extension]))
    assert answer.status_code == 200
    text = text_of(answer.getvalue(), extension, tmp_path)
    assert "Qopen activity internal" in text
    assert leaks(text, role, around) == []
    for near in around.values():
        if role in SEEN_BY[near.secret]:
            assert near.words["activity"] in text


@pytest.mark.parametrize("role", sorted(READERS))
def test_the_figures_of_an_evaluation_count_no_hidden_record(
    role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    evaluation = around["internal"].hubs["evaluation"]
    answer = client_of(users[role]).get(reverse("evaluation:report", args=[evaluation.pk, "json"]))
    figures = {figure["key"]: figure["value"] for figure in answer.json()["figures"]}
    seen = sum(role in SEEN_BY[secret] for secret in SECRETS)
    assert figures["activities"] == len(SECRETS) + seen
    assert figures["distinct_parties"] == seen


@pytest.mark.parametrize("role", sorted(READERS))
def test_a_file_opens_with_its_record_only(role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]) -> None:
    client = client_of(users[role])
    doors = {
        "request": "casework:document-download",
        "activity": "missions:document-download",
        "agreement": "register:agreement-document",
    }
    for near in around.values():
        for parent, door in doors.items():
            document = near.hidden[f"{parent}_document"]
            own = client.get(reverse(door, args=[near.hidden[parent].pk, document.pk])).status_code
            assert own == (200 if role in SEEN_BY[near.secret] else 404), f"{near.secret} {parent}"
            by_another = client.get(reverse(door, args=[near.hubs[parent].pk, document.pk])).status_code
            assert by_another == 404, f"{near.secret} {parent} through an open one"


@pytest.mark.parametrize("role", sorted(READERS - {Role.COUNCIL, Role.ADMINISTRATOR}))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_letter_names_no_hidden_organisation(
    language: str, role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood], tmp_path: Path
) -> None:
    client = client_of(users[role])
    for near in around.values():
        address = reverse("casework:decision-letter", args=[near.hubs["request"].pk])
        answer = client.get(address, {"language": language})
        assert answer.status_code == 200
        assert leaks(text_of(answer.getvalue(), "docx", tmp_path), role, around) == []


def text_of(content: bytes, extension: str, folder: Path) -> str:
    """Everything that can be read in a document, its properties included."""
    if extension in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    if extension == "pdf":
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(content))
        pages = " ".join(page.extract_text() for page in reader.pages)
        return " ".join([*pages.split(), str(reader.metadata), *(str(entry) for entry in reader.outline)])
    return content.decode()
