"""Every address of the product, app by app."""

from allauth.account import views as signing
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as provider
from django.apps import apps
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from hanze.accounts import provider_views
from hanze.accounts import views as accounts
from hanze.accounts.provider import PROVIDER
from hanze.config.api import address_patterns

# Of allauth only what Hanze uses: nobody signs up or manages e-mail addresses here.
sign_in = [
    path("login/", provider_views.SignInPage.as_view(), name="account_login"),
    path("logout/", signing.logout, name="account_logout"),
    path("inactive/", signing.account_inactive, name="account_inactive"),
    path("again/", signing.reauthenticate, name="account_reauthenticate"),
    path("sessions/", accounts.session_list, name="account_sessions"),
    path("sessions/end/", accounts.sessions_end, name="account_sessions_end"),
    path("sessions/<slug:name>/end/", accounts.session_end, name="account_session_end"),
    path("password/change/", signing.password_change, name="account_change_password"),
    path("password/set/", signing.password_set, name="account_set_password"),
    path("password/reset/", signing.password_reset, name="account_reset_password"),
    path("password/reset/done/", signing.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", signing.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

second_steps = [
    path("", accounts.SecondStepPage.as_view(), name="mfa_index"),
    path("code/", second_step.authenticate, name="mfa_authenticate"),
    path("again/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/renew/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/sign-in/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/rename/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]

through_provider = [
    path("", provider_views.sign_in, {"provider_id": PROVIDER}, name="openid_connect_login"),
    path("back/", provider_views.back, {"provider_id": PROVIDER}, name="openid_connect_callback"),
    path("cancelled/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("unlink/", provider_views.unlink, name="account_provider_unlink"),
]

urlpatterns = [
    path("", include("hanze.web.urls")),
    path("accounts/", include(sign_in)),
    path("accounts/second-step/", include(second_steps)),
    path("accounts/provider/", include(through_provider)),
    path("administration/accounts/", include("hanze.accounts.urls")),
    path("", include("hanze.claims.urls")),
    path("", include("hanze.connections.urls")),
    path("", include("hanze.register.urls")),
    path("", include("hanze.goals.urls")),
    path("", include("hanze.watchlists.urls")),
    path("", include("hanze.frameworks.urls")),
    path("", include("hanze.casework.urls")),
    path("", include("hanze.missions.urls")),
    path("", include("hanze.areas.urls")),
    path("", include("hanze.evaluation.urls")),
    path("", include("hanze.sheets.urls")),
    path("api/v1/", include((address_patterns(), "api"))),
    path("", include("hanze.archive.urls")),
    path("", include("hanze.publication.urls")),
]
if apps.is_installed("hanze.demo"):
    urlpatterns.insert(0, path("demo/", include("hanze.demo.urls")))

handler403 = "hanze.web.errors.not_found"
handler404 = "hanze.web.errors.not_found"
handler500 = "hanze.web.errors.server_error"
