"""What a request says points to risks: a hint at the question, a fact for frameworks, never an answer."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from hanze.accounts.models import Role
from hanze.casework import operations, risks
from hanze.casework.facts import FACT_SOURCES, Case
from tests import factories

pytestmark = pytest.mark.django_db


def request(**fields):
    return factories.request(**{"sector": "horticulture", "title": "Visit", **fields})


@pytest.mark.parametrize("field", risks.FIELDS)
def test_words_in_every_part_of_a_request_are_recognised(field):
    assert risks.themes(request(**{field: "Wij laten drones zien"})) == ("dual-use",)


def test_the_sector_is_recognised_too():
    assert "dual-use" in risks.themes(request(sector="aerospace"))


def test_nothing_recognised_is_unknown_and_never_none():
    found = FACT_SOURCES["risks.themes"].read(Case(request(), on=request().received_on))
    assert found.value is None
    assert "proves nothing" in found.origin.en


def test_a_framework_can_read_the_themes():
    case = Case(request(description="A quantum computer and drones"), on=request().received_on)
    assert "dual-use" in FACT_SOURCES["risks.themes"].read(case).value


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The words “drones” and “lasers” (the request) point to dual use."),
        ("nl", "De woorden “drones” en “lasers” (het verzoek) wijzen op tweeërlei gebruik."),
    ],
)
def test_a_hint_names_the_words_and_where_they_stand(language, sentence):
    with override(language):
        said = risks.hints(request(description="Drones for greenhouses, with lasers; drones again"))
    assert said["dual_use"] == (sentence,)


def test_a_hint_stands_at_its_question_and_answers_nothing(client_for, people):
    asked = request(description="Drones for greenhouses", responsible=people["coordinator"])
    operations.start_assessment(asked, by=people["coordinator"])
    client = client_for(Role.COORDINATOR)

    page = client.get(reverse("casework:assessment", args=[asked.pk]), headers={"accept-language": "en"})

    questions = {question.fact: question for question in page.context["assessment"].questions}
    assert questions["dual_use"].hints == ("The word “drones” (the request) points to dual use.",)
    assert questions["dual_use"].written == ""
    assert questions["strategic_dependency"].hints == ()
    assert "you answer the question" in page.content.decode()
