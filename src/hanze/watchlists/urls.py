from django.urls import path

from hanze.watchlists.views import findings, lists

app_name = "watchlists"
urlpatterns = [
    path("findings/", findings.finding_list, name="finding-list"),
    path("findings/<int:pk>/", findings.finding_detail, name="finding-detail"),
    path("findings/<int:pk>/decide/", findings.finding_decide, name="finding-decide"),
    path("findings/<int:pk>/second/", findings.finding_second, name="finding-second"),
    path("findings/<int:pk>/reopen/", findings.finding_reopen, name="finding-reopen"),
    path("watchlists/", lists.list_list, name="list-list"),
    path("watchlists/new/", lists.list_create, name="list-create"),
    path("watchlists/screen/", lists.rescreen, name="rescreen"),
    path("watchlists/editions/<int:pk>/", lists.edition_detail, name="edition-detail"),
    path("watchlists/editions/<int:pk>/columns/", lists.edition_columns, name="edition-columns"),
    path("watchlists/editions/<int:pk>/force/", lists.edition_force, name="edition-force"),
    path("watchlists/editions/<int:pk>/discard/", lists.edition_discard, name="edition-discard"),
    path("watchlists/runs/<int:pk>/", lists.run_detail, name="run-detail"),
    path("watchlists/<slug:slug>/", lists.list_detail, name="list-detail"),
    path("watchlists/<slug:slug>/edit/", lists.list_change, name="list-change"),
    path("watchlists/<slug:slug>/hand-in/", lists.edition_receive, name="edition-receive"),
    path("watchlists/<slug:slug>/fetch/", lists.edition_fetch, name="edition-fetch"),
]
