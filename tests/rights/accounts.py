from allauth.mfa.models import Authenticator

from tests import factories
from tests.rights import ADMINISTRATOR, AUDITOR, EVERYBODY, Row


def _somebody():
    return {"pk": factories.user().pk}


def _lost_her_telephone():
    person = factories.user()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return {"pk": person.pk}


ROWS = [
    Row("openid_connect_login", EVERYBODY, public=True, ok=(404,)),  # there is no provider in these tests
    Row("openid_connect_callback", EVERYBODY, public=True, ok=(404,)),
    Row("socialaccount_login_cancelled", EVERYBODY, public=True),
    Row("account_provider_unlink", EVERYBODY, post={}),
    Row("people:account-unlink", {ADMINISTRATOR}, _somebody, post={}),
    Row("account_reauthenticate", EVERYBODY),
    Row("mfa_index", EVERYBODY),
    Row("mfa_authenticate", EVERYBODY),
    Row("mfa_reauthenticate", EVERYBODY),
    Row("mfa_activate_totp", EVERYBODY),
    Row("mfa_deactivate_totp", set()),  # there is no app to remove
    Row("mfa_view_recovery_codes", set()),  # there are none
    Row("mfa_generate_recovery_codes", EVERYBODY),
    Row("mfa_list_webauthn", EVERYBODY),
    Row("mfa_add_webauthn", EVERYBODY),
    Row("mfa_reauthenticate_webauthn", EVERYBODY),
    Row("mfa_login_webauthn", EVERYBODY),
    Row("mfa_remove_webauthn", EVERYBODY, lambda: {"pk": 1}),  # asks for the password before it looks for the passkey
    Row("mfa_edit_webauthn", EVERYBODY, lambda: {"pk": 1}),
    Row("people:second-step-reset", {ADMINISTRATOR}, _lost_her_telephone),
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
