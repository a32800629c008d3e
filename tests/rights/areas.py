"""Who may open which address of initiatives."""

from tests import factories
from tests.rights import ADMINISTRATOR, AUDITOR, COORDINATOR, OFFICER, READERS, STAFF, Row

INTERNAL = STAFF | {ADMINISTRATOR, AUDITOR}
KEEPERS = {COORDINATOR, OFFICER}


def _initiative():
    return {"pk": factories.initiative().pk}


def _council():
    return {"pk": factories.initiative(for_council=True).pk}


def _handed(state="choosing"):
    made = factories.place_list(state=state)
    return {"pk": made.initiative_id, "handed": made.pk}


ROWS = [
    Row("areas:initiative-list", READERS),
    Row("areas:initiative-create", KEEPERS),
    Row("areas:initiative-create", KEEPERS, post={}, ok=(422,)),
    Row("areas:initiative-detail", INTERNAL, _initiative),
    Row("areas:initiative-detail", READERS, _council),
    Row("areas:initiative-edit", KEEPERS, _initiative),
    Row("areas:initiative-edit", KEEPERS, _initiative, post={}, ok=(422,)),
    Row("areas:place-list", INTERNAL, _initiative),
    Row("areas:list-create", KEEPERS, _initiative),
    Row("areas:list-create", KEEPERS, _initiative, post={}, ok=(422,)),
    Row("areas:list-detail", INTERNAL, _handed),
    Row("areas:list-detail", KEEPERS, _handed, post={}),
    Row("areas:list-file", INTERNAL, _handed),
    Row("areas:list-discard", KEEPERS, _handed, post={}),
]


def _condition():
    initiative = factories.initiative()
    return {"pk": initiative.pk, "condition": initiative.conditions.create(label="Vertrouwen").pk}


def _adviser():
    initiative = factories.initiative()
    return {"pk": initiative.pk, "adviser": initiative.advisers.create(name="Lid").pk}


ROWS += [
    Row("areas:condition-list", INTERNAL, _initiative),
    Row("areas:condition-add", KEEPERS, _initiative),
    Row("areas:condition-edit", KEEPERS, _condition),
    Row("areas:condition-remove", KEEPERS, _condition),
    Row("areas:condition-remove", KEEPERS, _condition, post={}),
    Row("areas:adviser-add", KEEPERS, _initiative),
    Row("areas:adviser-remove", KEEPERS, _adviser),
    Row("areas:adviser-remove", KEEPERS, _adviser, post={}),
    Row("areas:vote", KEEPERS, _adviser),
]


def _criterion():
    initiative = factories.initiative()
    return {"pk": initiative.pk, "criterion": initiative.criteria.create(label="Grond").pk}


def _area():
    initiative = factories.initiative()
    return {"pk": initiative.pk, "area": initiative.areas.create(code="a", name="Noord").pk}


ROWS += [
    Row("areas:ranking", INTERNAL, _initiative),
    Row("areas:criterion-add", KEEPERS, _initiative),
    Row("areas:criterion-edit", KEEPERS, _criterion),
    Row("areas:area-add", KEEPERS, _initiative),
    Row("areas:area-values", KEEPERS, _area),
    Row("areas:criterion-remove", KEEPERS, _criterion),
    Row("areas:criterion-remove", KEEPERS, _criterion, post={}),
    Row("areas:area-remove", KEEPERS, _area),
    Row("areas:area-remove", KEEPERS, _area, post={}),
    Row("areas:conclude", KEEPERS, _initiative),
    Row("areas:conclude", KEEPERS, _initiative, post={}, ok=(422,)),
]


def _plan():
    made = factories.plan_run()
    return {"pk": made.initiative_id, "plan": made.pk}


ROWS += [
    Row("areas:plan-list", INTERNAL, _initiative),
    Row("areas:plan-create", KEEPERS, _initiative),
    Row("areas:plan-create", KEEPERS, _initiative, post={}, ok=(422,)),
    Row("areas:plan-detail", INTERNAL, _plan),
    Row("areas:plan-compare", INTERNAL, _initiative),
    Row("areas:plan-repeat", KEEPERS, _plan, post={}),
    Row("areas:plan-remove", KEEPERS, _plan),
    Row("areas:plan-remove", KEEPERS, _plan, post={}),
]
