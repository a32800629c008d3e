from django.urls import path

from hanze.archive.views import accounts, people, retention

app_name = "archive"
urlpatterns = [
    path("people/<int:pk>/personal-data/", people.personal_data, name="personal-data"),
    path("people/<int:pk>/personal-data/copy/", people.copy, name="person-copy"),
    path("people/<int:pk>/personal-data/erase/", people.erase, name="person-erase"),
    path("archive/accounts/<int:pk>/", accounts.personal_data, name="account-data"),
    path("archive/accounts/<int:pk>/copy/", accounts.copy, name="account-copy"),
    path("archive/accounts/<int:pk>/erase/", accounts.erase, name="account-erase"),
    path("archive/erasures/", people.erasures, name="erasure-list"),
    path("archive/", retention.due, name="due"),
    path("archive/terms/compute/", retention.compute, name="terms-compute"),
    path("archive/terms/<int:pk>/", retention.term, name="term"),
    path("archive/terms/<int:pk>/files/", retention.files, name="case-files"),
    path("archive/disposals/", retention.disposal_list, name="disposal-list"),
    path("archive/disposals/<int:pk>/", retention.disposal, name="disposal"),
    path("archive/disposals/<int:pk>/approve/", retention.approve, name="disposal-approve"),
    path("archive/disposals/<int:pk>/withdraw/", retention.withdraw, name="disposal-withdraw"),
    path("archive/disposals/<int:pk>/declaration.json", retention.declaration, name="declaration"),
]
