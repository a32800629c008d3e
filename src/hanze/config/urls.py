"""Every address of the product, app by app."""

from django.apps import apps
from django.urls import include, path

urlpatterns = [
    path("", include("hanze.web.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("administration/accounts/", include("hanze.accounts.urls")),
    path("", include("hanze.register.urls")),
    path("", include("hanze.goals.urls")),
    path("", include("hanze.casework.urls")),
    path("", include("hanze.missions.urls")),
    path("", include("hanze.evaluation.urls")),
]
if apps.is_installed("hanze.demo"):
    urlpatterns.insert(0, path("demo/", include("hanze.demo.urls")))

handler403 = "hanze.web.errors.not_found"
handler404 = "hanze.web.errors.not_found"
handler500 = "hanze.web.errors.server_error"
