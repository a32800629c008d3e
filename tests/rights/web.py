from tests.rights import (
    ADMINISTRATOR,
    AUDITOR,
    EVERYBODY,
    READERS,
    Row,
)

ROWS = [
    Row("web:start", EVERYBODY),
    Row("web:today", READERS),
    Row("web:search", READERS),
    Row("web:log", {AUDITOR, ADMINISTRATOR}),
    Row("web:administration", {ADMINISTRATOR}),
    Row("web:home-organisation", {ADMINISTRATOR}),
    Row("web:accessibility", EVERYBODY, public=True),
    Row("web:set-language", EVERYBODY, post={"language": "en"}, public=True),
    Row("web:favicon", EVERYBODY, public=True),
    Row("account_login", EVERYBODY, public=True),
    Row("account_logout", EVERYBODY, public=True),
    Row("account_inactive", EVERYBODY, public=True),
    Row("account_reset_password", EVERYBODY, public=True),
    Row("account_reset_password_done", EVERYBODY, public=True),
    Row("account_reset_password_from_key", EVERYBODY, lambda: {"uidb36": "1", "key": "not-a-key"}, public=True),
    Row("account_reset_password_from_key_done", EVERYBODY, public=True),
    Row("account_change_password", EVERYBODY),
    Row("account_set_password", EVERYBODY),
]
