from django.urls import path

from hanze.frameworks.views import comparing, drafts, editing, reading, replaying

app_name = "frameworks"
VERSION = "frameworks/<slug:framework>/<str:version>/"
DRAFT = "framework-drafts/<int:pk>/"

urlpatterns = [
    path("frameworks/", reading.framework_list, name="framework-list"),
    path("frameworks/<slug:framework>/", reading.framework_versions, name="framework-versions"),
    path(VERSION, reading.framework_detail, name="framework-detail"),
    path(f"{VERSION}yaml/", reading.framework_download, name="framework-download"),
    path(f"{VERSION}dmn/", reading.framework_dmn, name="framework-dmn"),
    path(f"{VERSION}draft/", drafts.draft_start, name="draft-start"),
    path(
        "frameworks/<slug:framework>/compare/<str:one>/<str:other>/",
        comparing.framework_compare,
        name="framework-compare",
    ),
    path(DRAFT, drafts.draft_detail, name="draft-detail"),
    path(f"{DRAFT}read/", drafts.draft_read, name="draft-read"),
    path(f"{DRAFT}compare/", drafts.draft_compare, name="draft-compare"),
    path(f"{DRAFT}replay/", replaying.draft_replay, name="draft-replay"),
    path(f"{DRAFT}replay/<slug:form>/", replaying.draft_replay_download, name="draft-replay-download"),
    path(f"{DRAFT}yaml/", drafts.draft_download, name="draft-download"),
    path(f"{DRAFT}dmn/", drafts.draft_dmn, name="draft-dmn"),
    path(f"{DRAFT}edit/<slug:section>/", editing.draft_edit, name="draft-edit"),
    path(f"{DRAFT}cell/", editing.draft_cell, name="draft-cell"),
    path(f"{DRAFT}step/<slug:direction>/", editing.draft_step, name="draft-step"),
    path(f"{DRAFT}move/<slug:key>/", drafts.draft_move, name="draft-move"),
]
