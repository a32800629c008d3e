"""Addresses of evaluations."""

from django.urls import path

from hanze.evaluation.views import downloads, evaluations, frozen, recommendations, texts, years

app_name = "evaluation"
urlpatterns = [
    path("evaluation/", evaluations.evaluation_list, name="evaluation-list"),
    path("evaluation/new/", evaluations.evaluation_create, name="evaluation-create"),
    path("evaluation/<int:pk>/", evaluations.evaluation_detail, name="evaluation-detail"),
    path("evaluation/<int:pk>/edit/", evaluations.evaluation_edit, name="evaluation-edit"),
    path("evaluation/<int:pk>/figures/<str:key>/", evaluations.figure, name="figure"),
    path("evaluation/<int:pk>/report.<str:extension>", downloads.report, name="report"),
    path("evaluation/<int:pk>/texts/", texts.text_list, name="texts"),
    path("evaluation/<int:pk>/texts/preview/", texts.text_preview, name="text-preview"),
    path("evaluation/<int:pk>/texts/<str:section>/", texts.text_edit, name="text-edit"),
    path("evaluation/<int:pk>/recommendations/", recommendations.recommendation_list, name="recommendations"),
    path("evaluation/<int:pk>/recommendations/new/", recommendations.recommendation_add, name="recommendation-add"),
    path(
        "evaluation/<int:pk>/recommendations/<int:recommendation>/edit/",
        recommendations.recommendation_edit,
        name="recommendation-edit",
    ),
    path(
        "evaluation/<int:pk>/recommendations/<int:recommendation>/remove/",
        recommendations.recommendation_remove,
        name="recommendation-remove",
    ),
    path(
        "evaluation/<int:pk>/recommendations/<int:recommendation>/follow-up/",
        recommendations.recommendation_follow_up,
        name="recommendation-follow-up",
    ),
    path("evaluation/<int:pk>/frozen/", frozen.snapshot_list, name="snapshots"),
    path("evaluation/<int:pk>/frozen/new/", frozen.freeze, name="freeze"),
    path("evaluation/<int:pk>/frozen/<int:snapshot>/", frozen.snapshot_detail, name="snapshot"),
    path("evaluation/<int:pk>/frozen/<int:snapshot>/compare/", frozen.snapshot_compare, name="snapshot-compare"),
    path(
        "evaluation/<int:pk>/frozen/<int:snapshot>/report.<str:extension>",
        downloads.frozen_report,
        name="frozen-report",
    ),
    path("administration/recorded-years/", years.year_list, name="recorded-years"),
    path("administration/recorded-years/new/", years.year_add, name="recorded-year-add"),
    path("administration/recorded-years/<int:year>/edit/", years.year_edit, name="recorded-year-edit"),
    path("administration/recorded-years/<int:year>/remove/", years.year_remove, name="recorded-year-remove"),
]
