"""Files with a record: who may see the record may see its files, and nobody else."""

from __future__ import annotations

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.register.models import AgreementDocument
from hanze.register.operations import attach
from tests import factories

pytestmark = pytest.mark.django_db
CONTENTS = b"%PDF-1.7 signed"


def pdf(name="pact.pdf", contents=CONTENTS):
    return SimpleUploadedFile(name, contents, "text/html")


def kept(agreement, **fields):
    return attach(
        by=None, attachment_model=AgreementDocument, parent=agreement, **{"title": "", "file": pdf(), **fields}
    )


def test_a_document_is_added_with_its_fingerprint_and_logged(client_for, people):
    agreement = factories.agreement()
    response = client_for(Role.POLICY_OFFICER).post(
        f"/agreements/{agreement.pk}/documents/new/", {"file": pdf(), "title": "The text"}
    )
    assert response.url == agreement.get_absolute_url()
    document = agreement.documents.get()
    assert document.sha256 == hashlib.sha256(CONTENTS).hexdigest()
    assert (document.title, document.size, document.uploaded_by) == (
        "The text",
        len(CONTENTS),
        people[Role.POLICY_OFFICER],
    )
    event = Event.objects.get(name="document.added")
    assert (event.case_id, event.data["sha256"]) == (str(agreement.pk), document.sha256)


def test_the_type_comes_from_the_name_and_never_from_the_sender():
    assert kept(factories.agreement()).content_type == "application/pdf"


def test_a_download_is_an_attachment_that_no_browser_opens_as_a_page(client_for):
    document = kept(factories.agreement(), title="Text")
    response = client_for(Role.AUDITOR).get(f"/agreements/{document.agreement_id}/documents/{document.pk}/")
    assert b"".join(response.streaming_content) == CONTENTS
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"
    assert "sandbox" in response["Content-Security-Policy"]


def test_who_may_not_see_the_agreement_gets_no_file(client_for):
    document = kept(factories.agreement(classification="confidential"))
    address = f"/agreements/{document.agreement_id}/documents/{document.pk}/"
    assert client_for(Role.POLICY_OFFICER).get(address).status_code == 404
    assert client_for(Role.COORDINATOR).get(address).status_code == 200
    assert Event.objects.get(name="record.read").subject_id == str(document.agreement_id)


def test_a_file_is_not_reached_through_another_agreement(client_for):
    document = kept(factories.agreement(classification="confidential"))
    other = factories.agreement()
    address = f"/agreements/{other.pk}/documents/{document.pk}/"
    assert client_for(Role.POLICY_OFFICER).get(address).status_code == 404


@pytest.mark.parametrize("name", ["page.html", "script.js", "picture.svg", "program.exe", "no-extension"])
def test_kinds_of_files_that_can_do_harm_are_refused_at_the_field(client_for, name):
    agreement = factories.agreement()
    response = client_for(Role.COORDINATOR).post(f"/agreements/{agreement.pk}/documents/new/", {"file": pdf(name)})
    assert set(response.context["form"].errors) == {"file"}
    assert not agreement.documents.exists()


def test_a_file_that_is_too_large_is_refused(client_for, settings):
    settings.MAX_UPLOAD_MB = 1
    agreement = factories.agreement()
    large = pdf(contents=b"x" * (1024 * 1024 + 1))
    response = client_for(Role.COORDINATOR).post(f"/agreements/{agreement.pk}/documents/new/", {"file": large})
    assert "1 MB" in str(response.context["form"].errors["file"])


def test_without_a_title_the_name_of_the_file_is_used_and_its_folder_is_not():
    document = kept(factories.agreement(), file=pdf("C:\\desk\\pact.pdf"))
    assert document.title == "pact.pdf"
    assert document.filename.startswith("pact")


def test_two_files_of_one_name_both_stay():
    agreement = factories.agreement()
    first, second = kept(agreement), kept(agreement, file=pdf(contents=b"%PDF-1.7 another"))
    assert first.file.name != second.file.name
    assert first.file.read() == CONTENTS


def test_only_who_may_change_the_record_adds_a_file(people):
    with pytest.raises(PermissionDenied):
        attach(
            by=people[Role.AUDITOR],
            attachment_model=AgreementDocument,
            parent=factories.agreement(),
            title="",
            file=pdf(),
        )
