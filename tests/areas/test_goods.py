"""What farms offer and need, out of a table: every row or none."""

from __future__ import annotations

import pytest

from hanze.areas.words import in_words
from tests import factories
from tests.areas import making

pytestmark = pytest.mark.django_db

HEAD = "nr;bedrijf;soort;product;ton;prijs;kwaliteit;hoogste;seizoen\n"
GOODS = HEAD + "a;1;aanbod;mest;400;-2;3;;0\nb;2;vraag;mest;250,5;12;2;5;1\n"


def test_offers_and_needs_are_brought_in_with_their_quality_and_season() -> None:
    initiative = factories.initiative()
    making.brought_in("farms", making.FARMS, "f.csv", initiative)
    done = making.brought_in("goods", GOODS, "g.csv", initiative)
    assert done.state == "done"
    offer, need = initiative.goods.order_by("code")
    assert (offer.side, offer.farm.code, offer.amount, offer.price, offer.lowest) == ("offer", "1", 400, -2, 3)
    assert (need.side, need.amount, need.lowest, need.highest, need.season) == ("need", 250.5, 2, 5, 1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a;9;aanbod;mest;1;1;;;", "het bedrijf 9 staat niet in de lijst met bedrijven."),
        ("a;1;ruil;mest;1;1;;;", "schrijf aanbod of vraag; er staat: ruil."),
        ("a;1;vraag;mest;-1;1;;;", "de hoeveelheid moet ten minste nul zijn; er staat: -1."),
        ("a;1;vraag;mest;1;1;;;1,5", "het seizoen moet een heel getal vanaf 0 zijn; er staat: 1.5."),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_nothing_is_brought_in(row: str, said: str) -> None:
    initiative = factories.initiative()
    making.brought_in("farms", making.FARMS, "f.csv", initiative)
    refused = making.brought_in("goods", HEAD + row + "\n", "g.csv", initiative)
    assert refused.state == "refused"
    assert [(each["row"], in_words(each["message"])) for each in refused.problems] == [(2, said)]
    assert not initiative.goods.exists()


def test_a_new_list_of_farms_does_not_lose_a_farm_that_offers_something() -> None:
    initiative = factories.initiative()
    making.brought_in("farms", making.FARMS, "f.csv", initiative)
    making.brought_in("goods", GOODS, "g.csv", initiative)
    refused = making.brought_in("farms", "nummer;x;y\n1;113000;520000\n", "f.csv", initiative)
    assert [in_words(each["message"]) for each in refused.problems] == [
        "het bedrijf 2 biedt of vraagt iets en staat niet in deze lijst."
    ]
    assert initiative.farms.count() == 2
