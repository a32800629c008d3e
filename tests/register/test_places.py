"""Countries, regions and cities come from maintained packages, under both names."""

from datetime import date

import pytest
from django.db.models import F
from django.utils import translation

from hanze.register.models import City, Country, Region
from hanze.register.places import eu_membership, load_places, plain_name

pytestmark = pytest.mark.django_db


def test_every_iso_country_gets_its_dutch_and_english_name():
    loaded = load_places()
    assert loaded.countries == Country.objects.count() >= 249
    germany = Country.objects.get(pk="DE")
    assert (germany.name_nl, germany.name_en, germany.code3) == ("Duitsland", "Germany", "DEU")
    assert germany.eu_since == date(1958, 1, 1)
    with translation.override("en"):
        assert str(germany) == "Germany"
    with translation.override("nl"):
        assert str(germany) == "Duitsland"


def test_loading_again_changes_nothing_and_keeps_what_points_to_a_place():
    load_places()
    before = list(City.objects.order_by("pk").values()), Region.objects.count()
    assert load_places().cities == len(before[0])
    assert (list(City.objects.order_by("pk").values()), Region.objects.count()) == before


def test_only_first_level_regions_are_loaded():
    load_places()
    assert Region.objects.filter(country="NL", kind="Province").count() == 12
    assert Region.objects.get(pk="CN-HE").name_en == "Hebei"
    assert not Region.objects.filter(pk="FR-75").exists()  # a department, below a region


def test_a_city_lies_in_its_region():
    load_places()
    hague = City.objects.get(country="NL", name_nl="Den Haag")
    assert (hague.name_en, hague.region_id) == ("The Hague", "NL-ZH")
    assert City.objects.get(country="CN", name_en="Shijiazhuang").region_id == "CN-HE"
    assert not City.objects.exclude(region=None).exclude(region__country=F("country")).exists()


def test_every_capital_is_there_and_a_large_foreign_town_too_but_a_small_one_is_not():
    load_places()
    assert City.objects.get(country="BE", name_nl="Brussel").name_en == "Brussels"
    assert City.objects.filter(country="CN", population__gte=100_000).count() > 300
    assert not City.objects.filter(country="DE", population__lt=100_000).exists()
    assert City.objects.filter(country="NL", population__lt=20_000).exists()


@pytest.mark.parametrize(
    ("country", "day", "member"),
    [
        ("NL", date(1957, 12, 31), False),
        ("NL", date(1958, 1, 1), True),
        ("GB", date(2020, 1, 31), True),
        ("GB", date(2020, 2, 1), False),
        ("HR", date(2013, 6, 30), False),
        ("HR", date(2013, 7, 1), True),
        ("MA", date(2024, 1, 1), False),
        ("CH", date(2024, 1, 1), False),
    ],
)
def test_membership_of_the_european_union_depends_on_the_day(country, day, member):
    since, until = eu_membership().get(country, (None, None))
    assert Country(code=country, eu_since=since, eu_until=until).in_eu(day) is member


def test_the_union_had_28_members_in_2019_and_has_27_since():
    terms = eu_membership().values()
    members = lambda day: sum(since <= day and (until is None or day < until) for since, until in terms)  # noqa: E731
    assert (members(date(2019, 12, 31)), members(date(2020, 2, 1))) == (28, 27)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Hebei, Provincie", "Hebei"),
        ("Peking, Stadsprovincie; Beijing, Stadsprovincie", "Beijing"),
        ("Hebei Sheng", "Hebei"),
        ("Wales [Cymru GB-CYM]", "Wales"),
        ("San Andrés, Providencia y Santa Catalina", "San Andrés, Providencia y Santa Catalina"),
        ("Zuid-Holland", "Zuid-Holland"),
    ],
)
def test_a_region_is_named_without_the_word_for_its_kind(written, plain):
    assert plain_name(written) == plain
