from django.urls import path

from hanze.archive.views import people

app_name = "archive"
urlpatterns = [
    path("people/<int:pk>/personal-data/", people.personal_data, name="personal-data"),
    path("people/<int:pk>/personal-data/copy/", people.copy, name="person-copy"),
    path("people/<int:pk>/personal-data/erase/", people.erase, name="person-erase"),
    path("archive/erasures/", people.erasures, name="erasure-list"),
]
