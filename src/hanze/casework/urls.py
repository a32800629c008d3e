from django.urls import URLPattern, path

from hanze.casework.views import assessment, contacts, decision, detail, mine, moves, public, requests

app_name = "casework"

intake: list[URLPattern] = [
    path("contacts/", contacts.contact_list, name="contact-list"),
    path("contacts/new/", contacts.contact_create, name="contact-create"),
    path("contacts/<int:pk>/", contacts.contact_detail, name="contact-detail"),
    path("contacts/<int:pk>/change/", contacts.contact_change, name="contact-change"),
    path("my-requests/", mine.own_request_list, name="own-request-list"),
    path("my-requests/new/", mine.own_request_create, name="own-request-create"),
    path("my-requests/<int:pk>/", mine.own_request_detail, name="own-request-detail"),
    path("my-requests/<int:pk>/withdraw/", mine.own_request_withdraw, name="own-request-withdraw"),
    path("request/", public.public_request, name="public-request"),
    path("request/sent/<str:sent>/", public.public_request_sent, name="public-request-sent"),
    path("requests/", requests.request_list, name="request-list"),
    path("requests/earlier/", requests.request_earlier, name="request-earlier"),
    path("requests/new/", requests.request_create, name="request-create"),
    path("requests/options/", requests.request_options, name="request-options"),
    path("requests/<int:pk>/", detail.request_detail, name="request-detail"),
    path("requests/<int:pk>/change/", requests.request_change, name="request-change"),
    path("requests/<int:pk>/close/", moves.request_close, name="request-close"),
    path("requests/<int:pk>/documents/add/", moves.document_add, name="document-add"),
    path("requests/<int:pk>/documents/<int:document_pk>/", moves.document_download, name="document-download"),
    path("requests/<int:pk>/participants/add/", moves.participant_add, name="participant-add"),
    path(
        "requests/<int:pk>/participants/<int:participant_pk>/remove/",
        moves.participant_remove,
        name="participant-remove",
    ),
    path(
        "requests/<int:pk>/participants/<int:participant_pk>/screening/",
        moves.participant_screen,
        name="participant-screen",
    ),
    path("requests/<int:pk>/withdraw/", moves.request_withdraw, name="request-withdraw"),
]

weighing: list[URLPattern] = [
    path("requests/<int:pk>/assessment/", assessment.assessment, name="assessment"),
    path("requests/<int:pk>/assessment/start/", assessment.start, name="assessment-start"),
    path("requests/<int:pk>/assessment/weigh/", assessment.weigh, name="assessment-weigh"),
    path("requests/<int:pk>/assessment/answers/<str:fact>/", assessment.answer, name="assessment-answer"),
    path("requests/<int:pk>/assessment/present/", assessment.present, name="assessment-present"),
    path("requests/<int:pk>/advice/<int:receipt>/", assessment.receipt, name="receipt"),
    path("requests/<int:pk>/advice/<int:receipt>/json/", assessment.receipt_json, name="receipt-json"),
    path("requests/<int:pk>/decision/", decision.decision, name="decision"),
    path("requests/<int:pk>/decision/letter/", decision.letter, name="decision-letter"),
]

urlpatterns = [*intake, *weighing]
