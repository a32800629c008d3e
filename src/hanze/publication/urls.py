from django.urls import path

from hanze.publication.views import public, publishing

app_name = "publication"
urlpatterns = [
    path("public/", public.items, name="home"),
    path("public/feed.atom", public.feed, name="feed"),
    path("public/catalog", public.catalog, name="catalog"),
    path("public/catalog.ttl", public.catalog, {"extension": "ttl"}, name="catalog-ttl"),
    path("public/catalog.jsonld", public.catalog, {"extension": "jsonld"}, name="catalog-jsonld"),
    path("public/data/<slug:kind>.csv", public.data, {"extension": "csv"}, name="data-csv"),
    path("public/data/<slug:kind>.json", public.data, {"extension": "json"}, name="data-json"),
    path("public/<slug:kind>/", public.items, name="items"),
    path("public/<slug:kind>/<int:pk>/", public.item, name="item"),
    path("public/<slug:kind>/<int:pk>/documents/<int:number>/", public.document, name="document"),
    path("publication/", publishing.item_list, name="item-list"),
    path("publication/<slug:kind>/<int:pk>/", publishing.publish, name="publish"),
    path("publication/<slug:kind>/<int:pk>/documents/<slug:key>/", publishing.document, name="document-preview"),
    path("publication/<slug:kind>/<int:pk>/withdraw/", publishing.withdraw, name="withdraw"),
]
