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
