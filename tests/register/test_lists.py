"""Lists stay quick: the number of questions to the database does not grow with the number of rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hanze.accounts.models import Role
from hanze.register.models import Post
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = ["/parties/", "/people/", "/relations/", "/relations/map/", "/agreements/", "/parties/choose/"]


def some_records(first: int, last: int) -> None:
    for number in range(first, last):
        country = factories.country("CN", latitude=39.9, longitude=116.4)
        region = country.regions.create(code=f"CN-{number:02}", name_nl="Regio", name_en="Region")
        country.cities.create(geoname=number, name_nl="C", name_en="C", region=region, latitude=38, longitude=115)
        relation = factories.relation(country=country, region=region)
        Post.objects.create(person=factories.person(), organisation=relation.partner, title="Head")
        factories.agreement(factories.home(), relation.partner, relation=relation, valid_until=date(2030, 1, 1))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_longer_list_asks_no_more_of_the_database(client_for, address):
    client = client_for(Role.COORDINATOR)
    some_records(0, 2)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    some_records(2, 9)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_the_page_of_a_party_asks_no_more_with_more_around_it(client_for):
    client = client_for(Role.COORDINATOR)
    party = factories.organisation(kind="government", country=factories.country("CN"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(party.get_absolute_url()).status_code == 200
        return len(seen)

    def add(times: int) -> None:
        for _ in range(times):
            relation = factories.relation(partner=party)
            factories.agreement(factories.home(), party, relation=relation)
            Post.objects.create(person=factories.person(), organisation=party, title="Head")
            factories.request(asked_by=party)

    add(2)
    client.get(party.get_absolute_url())
    few = queries()
    add(6)
    assert queries() == few
