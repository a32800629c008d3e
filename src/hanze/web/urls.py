from django.urls import path

from hanze.web.views import administration, home, log, public, search

app_name = "web"
urlpatterns = [
    path("", home.start, name="start"),
    path("today/", home.today, name="today"),
    path("search/", search.search, name="search"),
    path("log/", log.log, name="log"),
    path("administration/", administration.administration, name="administration"),
    path("administration/organisation/", administration.home_organisation, name="home-organisation"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("language/", public.language, name="set-language"),
    path("favicon.ico", public.favicon, name="favicon"),
]
