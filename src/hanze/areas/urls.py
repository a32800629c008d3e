from django.urls import path

from hanze.areas.views import initiatives, lists

app_name = "areas"
urlpatterns = [
    path("areas/", initiatives.initiative_list, name="initiative-list"),
    path("areas/new/", initiatives.initiative_create, name="initiative-create"),
    path("areas/<int:pk>/", initiatives.initiative_detail, name="initiative-detail"),
    path("areas/<int:pk>/edit/", initiatives.initiative_edit, name="initiative-edit"),
    path("areas/<int:pk>/places/", lists.place_list, name="place-list"),
    path("areas/<int:pk>/places/new/", lists.list_create, name="list-create"),
    path("areas/<int:pk>/places/<int:handed>/", lists.list_detail, name="list-detail"),
    path("areas/<int:pk>/places/<int:handed>/file/", lists.list_file, name="list-file"),
    path("areas/<int:pk>/places/<int:handed>/discard/", lists.list_discard, name="list-discard"),
]
