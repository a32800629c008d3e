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


def _party():
    initiative = factories.initiative()
    return {"pk": initiative.pk, "party": initiative.parties.create(name="Boer").pk}


def _wish():
    initiative = factories.initiative()
    one, other = (initiative.parties.create(name=name) for name in ("Een", "Twee"))
    return {"pk": initiative.pk, "wish": initiative.wishes.create(one=one, other=other).pk}


def _meeting():
    initiative = factories.initiative()
    return {"pk": initiative.pk, "meeting": initiative.meetings.create(title="Streek", on="2024-05-23").pk}


def _follow_up():
    initiative = factories.initiative()
    meeting = initiative.meetings.create(title="Streek", on="2024-05-23")
    return {"pk": initiative.pk, "meeting": meeting.pk, "follow_up": meeting.follow_ups.create(what="Bellen").pk}


ROWS.append(Row("areas:report", INTERNAL, lambda: {**_initiative(), "extension": "json"}))
ROWS += [
    Row("areas:party-list", INTERNAL, _initiative),
    Row("areas:party-add", KEEPERS, _initiative),
    Row("areas:party-add", KEEPERS, _initiative, post={}, ok=(422,)),
    Row("areas:party-edit", KEEPERS, _party),
    Row("areas:party-edit", KEEPERS, _party, post={}, ok=(422,)),
    Row("areas:party-remove", KEEPERS, _party),
    Row("areas:party-remove", KEEPERS, _party, post={}),
    Row("areas:wish-add", KEEPERS, _initiative),
    Row("areas:wish-add", KEEPERS, _initiative, post={}, ok=(422,)),
    Row("areas:wish-remove", KEEPERS, _wish),
    Row("areas:wish-remove", KEEPERS, _wish, post={}),
    Row("areas:meeting-add", KEEPERS, _initiative),
    Row("areas:meeting-add", KEEPERS, _initiative, post={}, ok=(422,)),
    Row("areas:meeting-detail", INTERNAL, _meeting),
    Row("areas:meeting-edit", KEEPERS, _meeting),
    Row("areas:meeting-edit", KEEPERS, _meeting, post={}, ok=(422,)),
    Row("areas:meeting-remove", KEEPERS, _meeting),
    Row("areas:meeting-remove", KEEPERS, _meeting, post={}),
    Row("areas:meeting-answers", KEEPERS, _meeting),
    Row("areas:meeting-answers", KEEPERS, _meeting, post={}),
    Row("areas:follow-up-add", KEEPERS, _meeting),
    Row("areas:follow-up-add", KEEPERS, _meeting, post={}, ok=(422,)),
    Row("areas:follow-up-edit", KEEPERS, _follow_up),
    Row("areas:follow-up-edit", KEEPERS, _follow_up, post={}, ok=(422,)),
]
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
