"""A person or an organisation as a card for an address book."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.audit.reading import read
from hanze.register import queries, vcards
from hanze.register.models import Organisation, Person

CONTENT_TYPE = "text/vcard; charset=utf-8"


@require_safe
def organisation_card(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Organisation.objects.select_related("country", "region", "city")
    organisation = get_visible_or_404(rows, reader_of(request), pk=pk)
    require(reader_of(request), "register.view_organisation", organisation)
    read(reader_of(request), organisation)
    address = request.build_absolute_uri(organisation.get_absolute_url())
    return _file(vcards.of_organisation(organisation, address), f"organisation-{pk}")


@require_safe
def person_card(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_visible_or_404(Person.objects.all(), reader_of(request), pk=pk)
    require(reader_of(request), "register.view_person", person)
    read(reader_of(request), person)
    posts = list(queries.posts_of(person, reader_of(request)))
    address = request.build_absolute_uri(person.get_absolute_url())
    return _file(vcards.of_person(person, posts, address), f"person-{pk}")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.vcf"'
    return answer
