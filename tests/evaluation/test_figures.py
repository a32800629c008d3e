"""Change one record at a time: exactly the figures that depend on it change, and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import models

from hanze.casework.models import ContactMoment
from hanze.evaluation.figures import compute, compute_one, definitions
from hanze.evaluation.models import Recommendation, RecordedYear
from hanze.evaluation.records import Records
from hanze.evaluation.scope import Scope
from hanze.missions.models import Activity, Cost, Measure, Participation
from hanze.reporting import Figure, FigureKeyError
from tests import factories
from tests.evaluation.year import FRAMEWORK, Year, attend, decided, held, small_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    return small_year()


def figures_of(year: Year, reader: object = None) -> dict[str, Figure]:
    year.evaluation.refresh_from_db()
    return compute(Records(Scope.of(year.evaluation), reader, year.evaluation))


def changed(before: dict[str, Figure], after: dict[str, Figure]) -> set[str]:
    """The keys of the figures that have another value or other records."""

    def counted(figures: dict[str, Figure], key: str) -> object:
        figure = figures.get(key)
        return (figure.value, {(row.type, row.id) for row in figure.rows}) if figure else (0, set())

    return {key for key in {*before, *after} if counted(before, key) != counted(after, key)}


def test_the_small_year_counts_what_was_put_in(year: Year) -> None:
    values = {key: figure.value for key, figure in figures_of(year).items()}
    expected = {
        "activities": 3,
        "incoming_delegations": 1,
        "outgoing_missions": 1,
        "events": 0,
        "talks": 1,
        "exploratory_talks": 1,
        "distinct_parties": 3,
        "attendances": 5,
        "withdrawals": 1,
        "agreements": 1,
        "requests": 2,
        "decisions": 2,
        "taken_up": 0,
        "taken_up_with_measures": 1,
        "referred": 0,
        "refused": 1,
        "refused_high_risk": 0,
        "refused_no_demand": 1,
        "advice_followed": 2,
        "advice_departed": 0,
        "sectors": 1,
        "other_country_activities": 1,
        "other_country_incoming": 1,
        "national_contacts": 1,
        "civil_society_contacts": 0,
        "supported_investments": 0,
        "costs": Decimal("1250.50"),
        "measures_done": 1,
        "measures_waived": 1,
        "measures_open": 0,
        "line_economic-1_applied": 1,
        "line_economic-3_applied": 1,
        "line_economic-3_done": 1,
        "line_human-rights-4_waived": 1,
        "recommendations": 1,
        "previous_recommendations": 1,
        f"activity_{year.delegation.pk}_parties": 2,
        f"activity_{year.mission.pk}_parties": 3,
        f"activity_{year.mission.pk}_agreements": 1,
    }
    assert {key: values[key] for key in expected} == expected


def test_distinct_parties_is_not_the_sum_of_attendances(year: Year) -> None:
    figures = figures_of(year)
    per_activity = sum(
        figures[f"activity_{each.pk}_parties"].value for each in (year.delegation, year.mission, year.talk)
    )
    assert figures["attendances"].value == per_activity == 5
    assert figures["distinct_parties"].value == 3


def test_every_counted_figure_has_as_many_rows_as_its_value(year: Year) -> None:
    for key, figure in figures_of(year).items():
        if not key.startswith("costs"):
            assert figure.value == len(figure.rows), key


@dataclass(frozen=True)
class Change:
    """A change, the figures that it must change, and the kinds of records that were touched."""

    make: Callable[[Year], object]
    keys: Callable[[Year], set[str]]
    record: str


def of(*keys: str) -> Callable[[Year], set[str]]:
    return lambda year: {key.format(d=year.delegation.pk, m=year.mission.pk, t=year.talk.pk) for key in keys}


def update(record: object, **fields: object) -> None:
    """Change a record past its model: a decision refuses to be changed."""
    for name, value in fields.items():
        setattr(record, name, value)
    models.Model.save_base(record)  # type: ignore[arg-type]


def attendance(year: Year, activity: Activity, party: object) -> Participation:
    return Participation.objects.get(activity=activity, organisation=party)


MISSION = (
    *("activities", "outgoing_missions", "distinct_parties", "attendances", "withdrawals", "sector_horticulture"),
    *("activity_{m}_parties", "activity_{m}_agreements", "measures_waived", "costs"),
    *("line_human-rights-4_applied", "line_human-rights-4_waived"),
)

CHANGES = {
    "a party that attended twice did not attend once": Change(
        lambda y: update(attendance(y, y.mission, y.regular), state="withdrew"),
        of("attendances", "withdrawals", "activity_{m}_parties"),
        "participation",
    ),
    "the only attendance of a party is withdrawn": Change(
        lambda y: update(attendance(y, y.mission, y.newcomer), state="withdrew"),
        of("distinct_parties", "attendances", "withdrawals", "activity_{m}_parties"),
        "participation",
    ),
    "a party that attended before attends again": Change(
        lambda y: attend(y.talk, y.regular), of("attendances", "activity_{t}_parties"), "participation"
    ),
    "a new party attends": Change(
        lambda y: attend(y.talk, factories.organisation(own_region=True)),
        of("distinct_parties", "attendances", "activity_{t}_parties"),
        "participation",
    ),
    "a second person of the same party attends": Change(
        lambda y: attend(y.mission, y.regular, person=factories.person()), of(), "participation"
    ),
    "a party from our region only organises": Change(
        lambda y: attend(y.talk, factories.organisation(own_region=True), role="organiser"), of(), "participation"
    ),
    "a foreign party attends": Change(lambda y: attend(y.talk, factories.organisation()), of(), "participation"),
    "a party registers without having attended": Change(
        lambda y: attend(y.talk, y.newcomer, state="registered"), of(), "participation"
    ),
    "who withdrew attended after all": Change(
        lambda y: update(y.withdrew, state="attended", withdrew_because=""),
        of("distinct_parties", "attendances", "withdrawals", "activity_{m}_parties"),
        "participation",
    ),
    "a party turns out not to be from our region": Change(
        lambda y: update(y.newcomer, own_region=False),
        of("distinct_parties", "attendances", "activity_{m}_parties"),
        "organisation",
    ),
    "the talk becomes exploratory": Change(
        lambda y: update(y.talk, is_exploratory=True),
        of("activities", "talks", "exploratory_talks", "sector_horticulture"),
        "activity",
    ),
    "the talk becomes an event": Change(lambda y: update(y.talk, kind="event"), of("talks", "events"), "activity"),
    "the talk was about water": Change(
        lambda y: update(y.talk, sector="water"), of("sectors", "sector_water", "sector_horticulture"), "activity"
    ),
    "the talk moves to another year": Change(
        lambda y: update(y.talk, starts_on=date(2025, 1, 2), ends_on=date(2025, 1, 2)),
        of("activities", "talks", "sector_horticulture"),
        "activity",
    ),
    "the talk was never held": Change(
        lambda y: update(y.talk, state="cancelled", cancelled_because="Ziek"),
        of("activities", "talks", "sector_horticulture", "cancelled_activities"),
        "activity",
    ),
    "the mission was with another country": Change(
        lambda y: update(y.mission, country=factories.country("FR")),
        lambda y: of(*MISSION)(y) | {"other_country_activities"},
        "activity",
    ),
    "the visit from elsewhere was an event": Change(
        lambda y: update(y.elsewhere, kind="event"), of("other_country_incoming"), "activity"
    ),
    "the visit from elsewhere was from outside the EU": Change(
        lambda y: update(y.elsewhere, country=factories.country("JP")), of("other_countries_outside_eu"), "activity"
    ),
    "the visit from elsewhere was at home": Change(
        lambda y: update(y.elsewhere, country=factories.country("NL")),
        of("other_country_activities", "other_country_incoming"),
        "activity",
    ),
    "another ground for the refusal": Change(
        lambda y: update(y.refusal, ground="high-risk-sector"), of("refused_high_risk", "refused_no_demand"), "decision"
    ),
    "the refusal becomes a referral": Change(
        lambda y: update(y.refusal, outcome="refer"),
        of("refused", "referred", "refused_no_demand", "referred_no_demand"),
        "decision",
    ),
    "the decision was other than advised": Change(
        lambda y: update(y.refusal, differs=True, motivation="Toch niet"),
        of("advice_followed", "advice_departed"),
        "decision",
    ),
    "the decision was taken a year later": Change(
        lambda y: update(y.refusal, decided_on=date(2025, 1, 5)),
        of("decisions", "refused", "refused_no_demand", "advice_followed"),
        "decision",
    ),
    "the decision in which a line counted was taken a year later": Change(
        lambda y: update(y.taken_up, decided_on=date(2025, 1, 5)),
        of("decisions", "taken_up_with_measures", "advice_followed", "line_economic-1_applied"),
        "decision",
    ),
    "a request came from another country": Change(
        lambda y: update(y.refusal.request, country=factories.country("FR")),
        of("requests", "decisions", "refused", "refused_no_demand", "advice_followed"),
        "request",
    ),
    "a request without decision comes in": Change(lambda y: factories.request(), of("requests"), "request"),
    "the request that was taken up asked to support an investment": Change(
        lambda y: update(y.taken_up.request, supported_investment=True), of("supported_investments"), "request"
    ),
    "a decision under another line": Change(
        lambda y: decided("take-up", applied=("economic-4",)),
        of("requests", "decisions", "taken_up", "advice_followed", "line_economic-4_applied"),
        "request decision",
    ),
    "a second agreement is signed at the mission": Change(
        lambda y: y.mission.agreements.add(factories.agreement(signed_on=date(2024, 6, 15))),
        of("agreements", "activity_{m}_agreements"),
        "agreement",
    ),
    "an agreement with a partner is signed outside any activity": Change(
        lambda y: factories.agreement(
            factories.home(), factories.organisation(country=factories.country("CN")), signed_on=date(2024, 9, 1)
        ),
        of("agreements"),
        "agreement",
    ),
    "an agreement with another country is signed": Change(
        lambda y: factories.agreement(
            factories.home(), factories.organisation(country=factories.country("FR")), signed_on=date(2024, 9, 1)
        ),
        of(),
        "agreement",
    ),
    "a measure is still open": Change(
        lambda y: update(y.measure, state="open"),
        of("measures_done", "measures_open", "line_economic-3_done", "line_economic-3_open"),
        "measure",
    ),
    "a measure is waived": Change(
        lambda y: update(y.measure, state="waived", waived_because="Niet nodig"),
        of("measures_done", "measures_waived", "line_economic-3_done", "line_economic-3_waived"),
        "measure",
    ),
    "a measure belongs to another line": Change(
        lambda y: update(y.measure, line="economic-2"),
        of("line_economic-2_applied", "line_economic-2_done", "line_economic-3_applied", "line_economic-3_done"),
        "measure",
    ),
    "the mission cost more": Change(
        lambda y: Cost.objects.create(activity=y.mission, category="stay", amount=Decimal("100")), of("costs"), "cost"
    ),
    "somebody else paid": Change(
        lambda y: update(y.cost, paid_by="Iemand anders"), of("costs", "costs_of_others"), "cost"
    ),
    "the contact was with civil society": Change(
        lambda y: update(y.contact, counterpart=ContactMoment.Counterpart.CIVIL_SOCIETY),
        of("national_contacts", "civil_society_contacts"),
        "contact",
    ),
    "the contact was about another country": Change(
        lambda y: update(y.contact, country=factories.country("FR")), of("national_contacts"), "contact"
    ),
    "a recommendation is added": Change(
        lambda y: Recommendation.objects.create(evaluation=y.evaluation, year=2024, number=2, text_nl="Meer"),
        of("recommendations"),
        "recommendation",
    ),
    "last year's recommendation is still open": Change(
        lambda y: update(y.earlier, follow_up="open"), of("previous_carried_out", "previous_open"), "recommendation"
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_one_change_changes_exactly_the_figures_that_depend_on_it(name: str, year: Year) -> None:
    change = CHANGES[name]
    before = figures_of(year)
    change.make(year)
    assert changed(before, figures_of(year)) == change.keys(year)


@pytest.mark.parametrize("name", CHANGES)
def test_a_figure_that_changes_had_said_that_it_depends_on_that_kind_of_record(name: str, year: Year) -> None:
    change = CHANGES[name]
    change.make(year)
    known = definitions(Records(Scope.of(year.evaluation), None, year.evaluation))
    silent = {key for key in change.keys(year) & known.keys() if not known[key].depends & set(change.record.split())}
    assert silent == set()


def test_what_a_reader_may_not_see_is_in_no_figure_and_no_row(year: Year) -> None:
    officer = factories.user("policy-officer")
    before = figures_of(year, officer)
    update(year.mission, classification="confidential")
    assert changed(before, figures_of(year, officer)) == of(*MISSION)(year)
    assert all(row.label != str(year.mission) for each in figures_of(year, officer).values() for row in each.rows)


def test_a_hidden_party_is_not_counted_and_not_named(year: Year) -> None:
    officer = factories.user("policy-officer")
    before = figures_of(year, officer)
    update(year.newcomer, classification="restricted")
    after = figures_of(year, officer)
    assert changed(before, after) == of("distinct_parties", "attendances", "activity_{m}_parties")(year)
    assert all(year.newcomer.name != row.label for each in after.values() for row in each.rows)


def test_a_year_that_is_not_recorded_has_no_figures_rather_than_zeros(year: Year) -> None:
    RecordedYear.objects.all().delete()
    figures = figures_of(year)
    counted = {key for key, figure in figures.items() if figure.value is not None}
    assert counted == {"recommendations", "previous_recommendations", "previous_carried_out", "previous_open"}
    assert all(figures[key].rows == () for key in figures.keys() - counted)


def test_a_period_is_recorded_only_when_all_of_its_years_are(year: Year) -> None:
    scope = Scope(date(2023, 7, 1), date(2024, 6, 30))
    assert compute_one(Records(scope, None), "activities").value is None
    RecordedYear.objects.create(year=2023)
    assert compute_one(Records(scope, None), "activities").value == 3


def test_costs_that_nobody_recorded_are_unknown_rather_than_nil(year: Year) -> None:
    year.cost.delete()
    assert figures_of(year)["costs"].value is None


def test_last_years_recommendations_are_unknown_until_that_year_is_recorded(year: Year) -> None:
    year.earlier.delete()
    assert figures_of(year)["previous_recommendations"].value is None
    RecordedYear.objects.create(year=2023)
    assert figures_of(year)["previous_recommendations"].value == 0


def test_a_comparison_counts_the_same_days_of_the_other_year(year: Year) -> None:
    held("Vorig jaar", Activity.Kind.TALK, 11, starts_on=date(2023, 11, 6), ends_on=date(2023, 11, 6))
    records = Records(Scope(date(2024, 7, 1), date(2024, 12, 31), factories.country("CN")), None)
    assert compute_one(records, "talks", 2023).compared.value is None
    RecordedYear.objects.create(year=2023)
    assert compute_one(records, "talks", 2023).compared.value == 1
    assert compute_one(records, "activities", 2023).compared.label == "2023"


def test_a_region_narrows_the_activities_to_those_that_went_there(year: Year) -> None:
    from hanze.missions.models import ActivityPlace
    from hanze.register.models import Region

    region = Region.objects.create(code="CN-HE", name_nl="Hebei", name_en="Hebei", country=factories.country("CN"))
    ActivityPlace.objects.create(activity=year.mission, country=region.country, region=region)
    scope = Scope(date(2024, 1, 1), date(2024, 12, 31), region.country, region)
    assert [row.id for row in compute_one(Records(scope, None), "activities").rows] == [str(year.mission.pk)]


def test_a_framework_narrows_the_figures_to_what_was_weighed_by_it(year: Year) -> None:
    update(year.talk, framework="")
    figures = compute(Records(Scope(date(2024, 1, 1), date(2024, 12, 31), framework=FRAMEWORK), None))
    assert (figures["activities"].value, figures["talks"].value, figures["decisions"].value) == (2, 0, 2)


def test_beside_a_country_a_framework_leaves_out_only_what_was_weighed_by_another(year: Year) -> None:
    update(year.talk, framework="")
    update(year.mission, framework="another")
    scope = Scope(date(2024, 1, 1), date(2024, 12, 31), factories.country("CN"), framework=FRAMEWORK)
    assert {row.label for row in compute(Records(scope, None))["activities"].rows} == {"Delegatie", "Gesprek"}


def test_an_unknown_key_names_the_nearest_one(year: Year) -> None:
    with pytest.raises(FigureKeyError) as caught:
        compute_one(Records(Scope.of(year.evaluation), None), "distinct_partys")
    assert caught.value.nearest == "distinct_parties"


def test_a_measure_under_a_line_that_no_framework_has_still_counts(year: Year) -> None:
    Measure.objects.create(
        activity=year.talk, code="x", label_nl="Los", label_en="Loose", moment="after", line="gone", framework="gone"
    )
    assert figures_of(year)["measures_open"].value == 1
