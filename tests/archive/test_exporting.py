"""A copy for somebody holds everything about her that its maker may read, as data and to read, and nothing more."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from hanze.accounts.models import Role
from hanze.archive.operations import export_person
from hanze.audit.models import Event
from hanze.casework.models import RequestDocument
from hanze.missions.models import Participation
from hanze.register.models import Post
from tests import factories

pytestmark = pytest.mark.django_db


def copy_of(person: Any, by: Any) -> tuple[dict[str, Any], str, list[str]]:
    package = zipfile.ZipFile(io.BytesIO(export_person(person, by=by)))
    return json.loads(package.read("data.json")), package.read("read-me.html").decode(), package.namelist()


def test_it_holds_her_details_posts_participations_texts_files_and_history(people: dict[Role, Any]) -> None:
    person = factories.person(name="Ada Example", notes="Speaks French", source_document="A letter")
    Post.objects.create(person=person, organisation=factories.organisation(name="The Works"), title="Mayor")
    Participation.objects.create(activity=factories.activity(title="The visit"), person=person, note="On Monday")
    request = factories.request(description="Talk to Ada Example first")
    file = ContentFile(b"Dear Ada Example", name="letter.txt")
    document = RequestDocument.objects.create(request=request, title="Letter", file=file)
    data, page, names = copy_of(person, people[Role.COORDINATOR])
    for words in ("Ada Example", "Speaks French", "A letter", "Mayor", "The Works", "On Monday", "Talk to Ada Example"):
        assert words in page, words
        assert words in json.dumps(data) or words == "The Works", words
    assert [name for name in names if name.startswith("files/")] == [f"files/{document.pk}-{document.filename}"]
    assert Event.objects.filter(name="person.exported", subject_id=str(person.pk)).exists()


def test_it_holds_nothing_that_its_maker_may_not_read(people: dict[Role, Any]) -> None:
    person = factories.person(name="Ada Example")
    hidden = factories.organisation(name="Hiddenworks", classification="restricted")
    Post.objects.create(person=person, organisation=hidden, title="Mayor")
    secret = factories.activity(title="Hiddenvisit", classification="restricted")
    Participation.objects.create(activity=secret, person=person, note="Hiddennote")
    factories.request(description="Hiddentext about Ada Example", classification="restricted")
    data, page, _names = copy_of(person, people[Role.COORDINATOR])
    assert "Hidden" not in page
    assert "Hidden" not in json.dumps(data)


def test_it_is_made_by_a_coordinator_who_sees_her(people: dict[Role, Any]) -> None:
    with pytest.raises(PermissionDenied):
        export_person(factories.person(), by=people[Role.POLICY_OFFICER])
    with pytest.raises(PermissionDenied):
        export_person(factories.person(classification="restricted"), by=people[Role.COORDINATOR])
