from django.urls import path

from hanze.goals import views

app_name = "goals"
urlpatterns = [
    path("goals/", views.goal_list, name="goal-list"),
    path("administration/goals/", views.administer_goals, name="administer-goals"),
    path("administration/goals/new/", views.goal_create, name="goal-create"),
    path("administration/goals/<int:pk>/", views.goal_change, name="goal-change"),
    path("administration/themes/", views.administer_themes, name="administer-themes"),
    path("administration/themes/new/", views.theme_create, name="theme-create"),
    path("administration/themes/<int:pk>/", views.theme_change, name="theme-change"),
]
