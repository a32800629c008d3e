from django.core.files.base import ContentFile

from hanze.register.models import AgreementDocument, Post
from hanze.register.operations import merge_parties, set_apart
from tests import factories
from tests.rights import COORDINATOR, COUNCIL, OFFICER, READERS, Row

# Records are internal here, which a council member does not see.
INSIDE = READERS - {COUNCIL}


def _organisation():
    return {"pk": factories.organisation().pk}


def _person():
    return {"pk": factories.person().pk}


def _relation():
    return {"pk": factories.relation().pk}


def _agreement():
    return {"pk": factories.agreement().pk}


def _post():
    held = Post.objects.create(person=factories.person(), organisation=factories.organisation(), title="Mayor")
    return {"pk": held.person_id, "post": held.pk}


def _document():
    kept = AgreementDocument(agreement=factories.agreement(), title="Text", content_type="application/pdf", size=4)
    kept.file.save("text.pdf", ContentFile(b"text"))
    return {"pk": kept.agreement_id, "document": kept.pk}


def _two_organisations():
    return {"pk": factories.organisation().pk, "gone": factories.organisation().pk}


def _two_people():
    return {"pk": factories.person().pk, "gone": factories.person().pk}


def _merge():
    made = merge_parties(factories.organisation(), factories.organisation(), {}, by=None, reason="The same")
    return {"pk": made.pk}


def _apart():
    return {"pk": set_apart(factories.organisation(), factories.organisation(), by=None).pk}


def _pair(record):
    return lambda: {"pk": record().pk, "other": record().pk}


ROWS = [
    Row("register:organisation-apart", {COORDINATOR, OFFICER}),
    Row("register:person-apart", {COORDINATOR, OFFICER}),
    Row("register:organisation-set-apart", {COORDINATOR, OFFICER}, _pair(factories.organisation)),
    Row("register:person-set-apart", {COORDINATOR, OFFICER}, _pair(factories.person)),
    Row("register:apart-take-back", {COORDINATOR, OFFICER}, _apart),
    Row("register:organisation-alike", {COORDINATOR, OFFICER}),
    Row("register:person-alike", {COORDINATOR, OFFICER}),
    Row("register:organisation-merge", {COORDINATOR, OFFICER}, _organisation),
    Row("register:organisation-merge-with", {COORDINATOR, OFFICER}, _two_organisations),
    Row("register:person-merge", {COORDINATOR, OFFICER}, _person),
    Row("register:person-merge-with", {COORDINATOR, OFFICER}, _two_people),
    Row("register:merge-detail", INSIDE, _merge),
    Row("register:merge-undo", {COORDINATOR, OFFICER}, _merge),
    Row("register:organisation-list", READERS),
    Row("register:organisation-create", {COORDINATOR, OFFICER}),
    Row("register:organisation-duplicates", {COORDINATOR, OFFICER}),
    Row("register:organisation-choose", READERS),
    Row("register:organisation-card", INSIDE, _organisation),
    Row("register:person-card", INSIDE, _person),
    Row("register:organisation-detail", INSIDE, _organisation),
    Row("register:organisation-change", {COORDINATOR, OFFICER}, _organisation),
    Row("register:person-list", READERS),
    Row("register:person-create", {COORDINATOR, OFFICER}),
    Row("register:person-choose", READERS),
    Row("register:person-detail", INSIDE, _person),
    Row("register:person-change", {COORDINATOR, OFFICER}, _person),
    Row("register:post-add", {COORDINATOR, OFFICER}, _person),
    Row("register:post-change", {COORDINATOR, OFFICER}, _post),
    Row("register:region-choose", READERS),
    Row("register:city-choose", READERS),
    Row("register:place-fields", READERS),
    Row("register:relation-list", READERS),
    Row("register:relation-map", READERS),
    Row("register:relation-create", {COORDINATOR}),
    Row("register:relation-detail", INSIDE, _relation),
    Row("register:relation-change", {COORDINATOR}, _relation),
    Row("register:relation-status", {COORDINATOR}, _relation),
    Row("register:agreement-list", READERS),
    Row("register:agreement-create", {COORDINATOR, OFFICER}),
    Row("register:agreement-detail", INSIDE, _agreement),
    Row("register:agreement-change", {COORDINATOR, OFFICER}, _agreement),
    Row("register:agreement-renew", {COORDINATOR, OFFICER}, _agreement),
    Row("register:agreement-end", {COORDINATOR, OFFICER}, _agreement),
    Row("register:agreement-document-add", {COORDINATOR, OFFICER}, _agreement),
    Row("register:agreement-document", INSIDE, _document),
]
