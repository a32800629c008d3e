from tests import factories
from tests.rights import ADMINISTRATOR, AUDITOR, Row


def _somebody():
    return {"pk": factories.user().pk}


ROWS = [
    Row("people:account-list", {ADMINISTRATOR, AUDITOR}),
    Row("people:account-add", {ADMINISTRATOR}),
    Row("people:account-edit", {ADMINISTRATOR}, _somebody),
    Row("people:account-close", {ADMINISTRATOR}, _somebody),
    Row("people:account-reopen", {ADMINISTRATOR}, lambda: {"pk": factories.user(is_active=False).pk}),
]
