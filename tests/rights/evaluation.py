"""Who may open which address of evaluations."""

from tests import factories
from tests.rights import ADMINISTRATOR, AUDITOR, COORDINATOR, READERS, STAFF, Row

INTERNAL = STAFF | {ADMINISTRATOR, AUDITOR}


def _evaluation():
    return {"pk": factories.evaluation().pk}


def _council():
    return {"pk": factories.evaluation(for_council=True).pk}


def _recommendation():
    from hanze.evaluation.models import Recommendation

    evaluation = factories.evaluation()
    made = Recommendation.objects.create(evaluation=evaluation, year=2024, number=1, text_nl="Doe het")
    return {"pk": evaluation.pk, "recommendation": made.pk}


def _snapshot(audience="organisation"):
    from hanze.evaluation import operations

    evaluation = factories.evaluation(for_council=True)
    return {"pk": evaluation.pk, "snapshot": operations.freeze(evaluation, by=None, audience=audience).pk}


def _year():
    from hanze.evaluation.models import RecordedYear

    return {"year": RecordedYear.objects.get_or_create(year=2024)[0].pk}


ROWS = [
    Row("evaluation:evaluation-list", READERS),
    Row("evaluation:evaluation-create", {COORDINATOR}),
    Row("evaluation:evaluation-detail", INTERNAL, _evaluation),
    Row("evaluation:evaluation-detail", READERS, _council),
    Row("evaluation:evaluation-edit", {COORDINATOR}, _evaluation),
    Row("evaluation:figure", INTERNAL, lambda: {**_evaluation(), "key": "activities"}),
    Row("evaluation:figure", set(), lambda: {**_evaluation(), "key": "no_such_figure"}),
    Row("evaluation:report", INTERNAL, lambda: {**_evaluation(), "extension": "json"}),
    Row("evaluation:report", READERS, lambda: {**_council(), "extension": "xlsx"}),
    Row("evaluation:report", set(), lambda: {**_evaluation(), "extension": "exe"}),
    Row("evaluation:texts", INTERNAL, _evaluation),
    Row("evaluation:text-edit", {COORDINATOR}, lambda: {**_evaluation(), "section": "summary"}),
    Row("evaluation:text-preview", {COORDINATOR}, _evaluation, post={"text_nl": "Tekst"}),
    Row("evaluation:recommendations", INTERNAL, _evaluation),
    Row("evaluation:recommendation-add", {COORDINATOR}, _evaluation),
    Row("evaluation:recommendation-edit", {COORDINATOR}, _recommendation),
    Row("evaluation:recommendation-remove", {COORDINATOR}, _recommendation),
    Row("evaluation:recommendation-follow-up", {COORDINATOR}, _recommendation),
    Row("evaluation:snapshots", INTERNAL, _evaluation),
    Row("evaluation:freeze", {COORDINATOR}, _evaluation),
    Row("evaluation:snapshot", INTERNAL, _snapshot),
    Row("evaluation:snapshot", READERS, lambda: _snapshot("council")),
    Row("evaluation:snapshot-compare", INTERNAL, _snapshot),
    Row("evaluation:frozen-report", INTERNAL, lambda: {**_snapshot(), "extension": "json"}),
    Row("evaluation:recorded-years", {COORDINATOR, ADMINISTRATOR}),
    Row("evaluation:recorded-year-add", {COORDINATOR, ADMINISTRATOR}),
    Row("evaluation:recorded-year-edit", {COORDINATOR, ADMINISTRATOR}, _year),
    Row("evaluation:recorded-year-remove", {COORDINATOR, ADMINISTRATOR}, _year),
]
