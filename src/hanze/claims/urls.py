from django.urls import path

from hanze.claims import views

app_name = "claims"
urlpatterns = [
    path("contradictions/", views.contradiction_list, name="contradiction-list"),
    path("claims/<slug:kind>/<int:pk>/", views.past, name="past"),
    path("claims/<slug:kind>/<int:pk>/new/", views.claim_new, name="claim-new"),
    path("claims/<slug:kind>/<int:pk>/<slug:fact>/", views.fact, name="fact"),
    path("claims/<slug:kind>/<int:pk>/<slug:fact>/new/", views.claim_add, name="claim-add"),
    path("claims/<slug:kind>/<int:pk>/<slug:fact>/<int:claim>/withdraw/", views.claim_withdraw, name="claim-withdraw"),
]
