"""Documents that are public with a record: those that were chosen and seen, without their makers, and gone with it."""

from __future__ import annotations

import io
import json
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from hanze.accounts.models import Role
from hanze.missions.models import ActivityDocument
from hanze.publication.models import Item, PublicDocument
from hanze.publication.operations import publish, withdraw
from hanze.register.models import Agreement, AgreementDocument
from hanze.register.operations import attach
from tests import factories
from tests.publication.test_publishing import held, said
from tests.register.test_sniffing import GOOD, MAKER, open_text, pdf, picture, plain, saved, with_part

pytestmark = pytest.mark.django_db


def attached(agreement: Any, name: str, content: bytes, title: str = "") -> str:
    """The key of a document with an agreement, as it came in."""
    file = ContentFile(content, name=name)
    made = attach(by=None, attachment_model=AgreementDocument, parent=agreement, title=title or name, file=file)
    return str(made.pk)


def replaced(key: str, name: str, content: bytes) -> str:
    """A document from before files were looked at as they came in."""
    kept = AgreementDocument.objects.get(pk=key)
    kept.file.save(name, ContentFile(content))
    return key


@pytest.fixture
def agreement() -> Agreement:
    return factories.agreement(classification="public")


def handed_out(address: str) -> bytes:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["a.pdf", "a.jpg", "a.png", "a.odt", "a.txt"])
def test_everybody_gets_the_chosen_document_without_its_maker(name: str, agreement: Agreement) -> None:
    chosen = attached(agreement, name, GOOD[name], "What was signed")
    hidden = attached(agreement, "secret.txt", b"Zqhidden", "Zqtitle")
    item = publish("agreements", agreement, by=None, documents=[chosen])
    page = said(Client().get(item.get_absolute_url()))
    assert "What was signed" in page
    assert "Zq" not in page
    [kept] = item.documents.all()
    content = handed_out(kept.get_absolute_url())
    assert MAKER not in plain(content)
    assert kept.filename.startswith("what-was-signed")
    assert Client().get(kept.get_absolute_url().replace("/1/", "/2/")).status_code == 404
    assert hidden not in json.dumps([each["key"] for each in item.content["documents"]])


def test_a_published_pdf_still_opens_with_its_pages_and_its_pictures_say_no_place(agreement: Agreement) -> None:
    made = pikepdf.new()
    made.add_blank_page()
    photo = pikepdf.Stream(made, b"")
    photo.write(picture(), filter=pikepdf.Name.DCTDecode)
    photo.Type, photo.Subtype, photo.Width, photo.Height = pikepdf.Name.XObject, pikepdf.Name.Image, 40, 20
    photo.ColorSpace, photo.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=photo))
    item = publish("agreements", agreement, by=None, documents=[attached(agreement, "a.pdf", saved(made.save))])
    [kept] = item.documents.all()
    with pikepdf.open(io.BytesIO(handed_out(kept.get_absolute_url()))) as read:
        image = pikepdf.PdfImage(read.pages[0].images["/Photo"])
        assert MAKER.encode() not in image.obj.read_raw_bytes()
        assert image.as_pil_image().size == (40, 20)


def test_a_picture_in_a_text_document_says_no_maker_and_keeps_its_points(agreement: Agreement) -> None:
    text = with_part(open_text(), "Pictures/photo.jpg", picture())
    item = publish("agreements", agreement, by=None, documents=[attached(agreement, "a.odt", text)])
    [kept] = item.documents.all()
    content = handed_out(kept.get_absolute_url())
    assert MAKER not in plain(content)
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        inside = package.read("Pictures/photo.jpg")
    with Image.open(io.BytesIO(inside)) as image, Image.open(io.BytesIO(picture())) as before:
        assert image.tobytes() == before.tobytes()
        assert dict(image.getexif()) == {0x0112: 6}, "only which side is up"


REFUSED = {
    "locked": ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="x", user="x")), "wachtwoord"),
    "locked for changes": ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="x", user="")), "wachtwoord"),
    "not a pdf inside": ("a.pdf", b"%PDF-1.7 and then nothing", "kan niet worden gelezen"),
    "old office": ("a.doc", GOOD["a.doc"], "Bewaar het als pdf"),
    "a mail": ("a.eml", b"From: a@b.example\n\nHallo", "Bewaar het als pdf"),
    "comments": ("a.docx", GOOD["a.docx"], "opmerkingen"),
    "comments in a sheet": ("a.xlsx", GOOD["a.xlsx"], "opmerkingen"),
    "tracked changes": ("a.odt", open_text({"content.xml": b"<a><text:tracked-changes/></a>"}), "wijzigingen"),
    "another file inside": ("a.odt", with_part(open_text(), "word/embeddings/a.xlsx", b"PK"), "andere bestanden"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_or_holds_what_nobody_sees_is_refused_with_the_reason(
    case: str, agreement: Agreement, client_for: Any
) -> None:
    name, content, words = REFUSED[case]
    key = replaced(attached(agreement, "a.txt", b"text", "The letter"), name, content)
    with pytest.raises(ValidationError) as refused:
        publish("agreements", agreement, by=None, documents=[key])
    assert words in refused.value.messages[0]
    assert "The letter" in refused.value.messages[0]
    assert not Item.objects.exists()
    address = f"/publication/agreements/{agreement.pk}/"
    preview = client_for(Role.COMMUNICATIONS).get(f"{address}?choosing=1&document={key}").content.decode()
    assert words in preview
    assert 'name="seen"' not in preview, "there is no button to publish"


def test_a_pdf_with_another_file_in_it_is_refused(agreement: Agreement) -> None:
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments["budget.xlsx"] = b"secret"
    with pytest.raises(ValidationError, match="andere bestanden"):
        publish("agreements", agreement, by=None, documents=[attached(agreement, "a.pdf", saved(made.save))])


def test_a_file_that_is_gone_is_refused_and_not_an_error(agreement: Agreement) -> None:
    key = attached(agreement, "a.txt", b"text")
    default_storage.delete(AgreementDocument.objects.get(pk=key).file.name)
    with pytest.raises(ValidationError, match="kan niet worden gelezen"):
        publish("agreements", agreement, by=None, documents=[key])


def test_only_documents_of_the_record_itself_can_go_along(agreement: Agreement, client_for: Any) -> None:
    other = attached(factories.agreement(classification="confidential"), "a.txt", b"Zqsecret")
    with pytest.raises(ValidationError):
        publish("agreements", agreement, by=None, documents=[other])
    client = client_for(Role.COMMUNICATIONS)
    assert client.get(f"/publication/agreements/{agreement.pk}/documents/{other}/").status_code == 404
    client.post(f"/publication/agreements/{agreement.pk}/", {"document": other, "seen": ""})
    assert not PublicDocument.objects.exists()


def test_the_preview_shows_exactly_which_documents_and_hands_out_the_very_copy(
    agreement: Agreement, client_for: Any
) -> None:
    client, address = client_for(Role.COMMUNICATIONS), f"/publication/agreements/{agreement.pk}/"
    chosen = attached(agreement, "a.pdf", GOOD["a.pdf"], "The text")
    attached(agreement, "b.txt", b"not chosen", "A draft")
    assert "Er wordt geen document openbaar." in client.get(address).content.decode()
    preview = client.get(address, {"choosing": "1", "document": chosen})
    assert [each["title"] for each in preview.context["documents"]] == ["The text"]
    seen = b"".join(client.get(f"{address}documents/{chosen}/").streaming_content)
    client.post(address, {"seen": preview.context["seen"], "document": chosen})
    [kept] = PublicDocument.objects.all()
    assert handed_out(kept.get_absolute_url()) == seen


def test_a_document_that_was_not_in_the_preview_is_not_published_with_it(agreement: Agreement, client_for: Any) -> None:
    client, address = client_for(Role.COMMUNICATIONS), f"/publication/agreements/{agreement.pk}/"
    key = attached(agreement, "a.txt", b"first")
    without = client.get(address).context["seen"]
    client.post(address, {"seen": without, "document": key})
    assert not Item.objects.exists()
    shown = client.get(address, {"choosing": "1", "document": key}).context["seen"]
    replaced(key, "a.txt", b"changed since")
    client.post(address, {"seen": shown, "document": key})
    assert not Item.objects.exists()


def test_taken_back_its_documents_are_gone_too(agreement: Agreement, django_capture_on_commit_callbacks: Any) -> None:
    item = publish("agreements", agreement, by=None, documents=[attached(agreement, "a.txt", b"text")])
    [kept] = item.documents.all()
    address, name = kept.get_absolute_url(), kept.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(item, agreement, by=None, because="A mistake of ours.")
    gone = Client().get(address)
    assert gone.status_code == 410
    assert "A mistake of ours." in gone.content.decode()
    assert not default_storage.exists(name)
    assert not PublicDocument.objects.exists()


@pytest.mark.parametrize("how", ["reclassified", "destroyed"])
def test_with_its_record_a_public_document_goes_by_itself(
    how: str, agreement: Agreement, django_capture_on_commit_callbacks: Any
) -> None:
    item = publish("agreements", agreement, by=None, documents=[attached(agreement, "a.txt", b"text")])
    [kept] = item.documents.all()
    with django_capture_on_commit_callbacks(execute=True):
        if how == "destroyed":
            agreement.delete()
        else:
            agreement.classification = "internal"
            agreement.save()
    assert Client().get(kept.get_absolute_url()).status_code == (404 if how == "destroyed" else 410)
    assert not default_storage.exists(kept.file.name)


def test_published_anew_without_a_document_that_document_is_gone(agreement: Agreement) -> None:
    one, two = attached(agreement, "a.txt", b"one", "One"), attached(agreement, "b.txt", b"two", "Two")
    publish("agreements", agreement, by=None, documents=[one, two])
    item = publish("agreements", agreement, by=None, documents=[two])
    assert [each.title for each in item.documents.all()] == ["Two"]
    again = publish("agreements", agreement, by=None)
    assert [each.title for each in again.documents.all()] == ["Two"], "those that are public stay"


def test_feed_and_open_data_name_the_documents(agreement: Agreement) -> None:
    item = publish("agreements", agreement, by=None, documents=[attached(agreement, "a.txt", b"text", "The text")])
    [kept] = item.documents.all()
    address = f"http://testserver{kept.get_absolute_url()}"
    feed = Client().get("/public/feed.atom").content.decode()
    assert f'href="{address}"' in feed
    assert 'rel="enclosure"' in feed
    [row] = Client().get("/public/data/agreements.json").json()["items"]
    assert row["documents"] == [{"title": "The text", "url": address}]
    assert address in Client().get("/public/data/agreements.csv").content.decode()


def test_an_activity_carries_its_own_documents_and_an_evaluation_its_report(client_for: Any) -> None:
    activity = held()
    file = ContentFile(b"Programme", name="programme.txt")
    made = attach(by=None, attachment_model=ActivityDocument, parent=activity, title="Programme", file=file)
    publish("activities", activity, by=None, documents=[str(made.pk)])
    evaluation = factories.evaluation(classification="public")
    item = publish("evaluations", evaluation, by=None, documents=["report-en"])
    [report] = item.documents.all()
    with pikepdf.open(io.BytesIO(handed_out(report.get_absolute_url()))) as read:
        assert len(read.pages) >= 1
    client = client_for(Role.COMMUNICATIONS)
    address = f"/publication/evaluations/{evaluation.pk}/"
    shown = client.get(address, {"choosing": "1", "document": ["report-nl", "report-en"]})
    client.post(address, {"seen": shown.context["seen"], "document": ["report-nl", "report-en"]})
    assert PublicDocument.objects.filter(item__kind="evaluations").count() == 2
