"""Every address of the product, app by app."""

from allauth.account import views as signing
from django.apps import apps
from django.urls import include, path, re_path

from hanze.accounts import views as accounts
from hanze.config.api import address_patterns

# Of allauth only what Hanze uses: nobody signs up or manages e-mail addresses here.
sign_in = [
    path("login/", signing.login, name="account_login"),
    path("logout/", signing.logout, name="account_logout"),
    path("inactive/", signing.account_inactive, name="account_inactive"),
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

urlpatterns = [
    path("", include("hanze.web.urls")),
    path("accounts/", include(sign_in)),
    path("administration/accounts/", include("hanze.accounts.urls")),
    path("", include("hanze.claims.urls")),
    path("", include("hanze.connections.urls")),
    path("", include("hanze.register.urls")),
    path("", include("hanze.goals.urls")),
    path("", include("hanze.watchlists.urls")),
    path("", include("hanze.frameworks.urls")),
    path("", include("hanze.casework.urls")),
    path("", include("hanze.missions.urls")),
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
