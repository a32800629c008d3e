from django.urls import path
from django.views.generic import RedirectView
from django.views.i18n import set_language

app_name = "web"
urlpatterns = [
    path("language/", set_language, name="set-language"),
    path("favicon.ico", RedirectView.as_view(url="/static/web/favicon.svg"), name="favicon"),
]
