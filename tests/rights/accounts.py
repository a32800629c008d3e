from tests import factories
from tests.rights import ADMINISTRATOR, AUDITOR, EVERYBODY, Row


def _somebody():
    return {"pk": factories.user().pk}


ROWS = [
    Row("account_sessions", EVERYBODY),
    Row("account_session_end", EVERYBODY, lambda: {"name": "0123456789abcdef"}, post={}),
    Row("account_sessions_end", EVERYBODY, post={}),
    Row("people:account-sessions-end", {ADMINISTRATOR}, _somebody, post={}),
    Row("people:account-list", {ADMINISTRATOR, AUDITOR}),
    Row("people:account-add", {ADMINISTRATOR}),
    Row("people:account-edit", {ADMINISTRATOR}, _somebody),
    Row("people:account-close", {ADMINISTRATOR}, _somebody),
    Row("people:account-reopen", {ADMINISTRATOR}, lambda: {"pk": factories.user(is_active=False).pk}),
]
