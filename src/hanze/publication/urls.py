from django.urls import path, re_path

from hanze.publication.views import public, publishing

app_name = "publication"
urlpatterns = [
    path("public/", public.items, name="home"),
    path("public/feed.atom", public.feed, name="feed"),
    path("public/catalog", public.catalog, name="catalog"),
    re_path(r"^public/catalog\.(?P<extension>ttl|jsonld)$", public.catalog, name="catalog-file"),
    re_path(r"^public/data/(?P<kind>[a-z]+)\.(?P<extension>csv|json)$", public.data, name="data"),
    path("public/<slug:kind>/", public.items, name="items"),
    path("public/<slug:kind>/<int:pk>/", public.item, name="item"),
    path("publication/", publishing.item_list, name="item-list"),
    path("publication/<slug:kind>/<int:pk>/", publishing.publish, name="publish"),
    path("publication/<slug:kind>/<int:pk>/withdraw/", publishing.withdraw, name="withdraw"),
]
