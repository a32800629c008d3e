from django.urls import path

from hanze.areas.views import conditions, criteria, initiatives, lists, plans

app_name = "areas"
urlpatterns = [
    path("areas/", initiatives.initiative_list, name="initiative-list"),
    path("areas/new/", initiatives.initiative_create, name="initiative-create"),
    path("areas/<int:pk>/", initiatives.initiative_detail, name="initiative-detail"),
    path("areas/<int:pk>/edit/", initiatives.initiative_edit, name="initiative-edit"),
    path("areas/<int:pk>/conditions/", conditions.condition_list, name="condition-list"),
    path("areas/<int:pk>/conditions/new/", conditions.condition_add, name="condition-add"),
    path("areas/<int:pk>/conditions/<int:condition>/edit/", conditions.condition_edit, name="condition-edit"),
    path("areas/<int:pk>/conditions/<int:condition>/remove/", conditions.condition_remove, name="condition-remove"),
    path("areas/<int:pk>/advisers/new/", conditions.adviser_add, name="adviser-add"),
    path("areas/<int:pk>/advisers/<int:adviser>/remove/", conditions.adviser_remove, name="adviser-remove"),
    path("areas/<int:pk>/advisers/<int:adviser>/vote/", conditions.vote, name="vote"),
    path("areas/<int:pk>/ranking/", criteria.ranking, name="ranking"),
    path("areas/<int:pk>/criteria/new/", criteria.criterion_add, name="criterion-add"),
    path("areas/<int:pk>/criteria/<int:criterion>/edit/", criteria.criterion_edit, name="criterion-edit"),
    path("areas/<int:pk>/criteria/<int:criterion>/remove/", criteria.criterion_remove, name="criterion-remove"),
    path("areas/<int:pk>/conclusion/", criteria.conclude, name="conclude"),
    path("areas/<int:pk>/candidates/new/", criteria.area_add, name="area-add"),
    path("areas/<int:pk>/candidates/<int:area>/", criteria.area_values, name="area-values"),
    path("areas/<int:pk>/candidates/<int:area>/remove/", criteria.area_remove, name="area-remove"),
    path("areas/<int:pk>/places/", lists.place_list, name="place-list"),
    path("areas/<int:pk>/places/new/", lists.list_create, name="list-create"),
    path("areas/<int:pk>/places/<int:handed>/", lists.list_detail, name="list-detail"),
    path("areas/<int:pk>/places/<int:handed>/file/", lists.list_file, name="list-file"),
    path("areas/<int:pk>/places/<int:handed>/discard/", lists.list_discard, name="list-discard"),
    path("areas/<int:pk>/plans/", plans.plan_list, name="plan-list"),
    path("areas/<int:pk>/plans/new/", plans.plan_create, name="plan-create"),
    path("areas/<int:pk>/plans/compare/", plans.plan_compare, name="plan-compare"),
    path("areas/<int:pk>/plans/<int:plan>/", plans.plan_detail, name="plan-detail"),
    path("areas/<int:pk>/plans/<int:plan>/repeat/", plans.plan_repeat, name="plan-repeat"),
    path("areas/<int:pk>/plans/<int:plan>/remove/", plans.plan_remove, name="plan-remove"),
]
