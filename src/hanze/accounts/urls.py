from django.urls import path

from hanze.accounts import provider_views, views

app_name = "people"
urlpatterns = [
    path("", views.account_list, name="account-list"),
    path("new/", views.account_add, name="account-add"),
    path("<int:pk>/", views.account_edit, name="account-edit"),
    path("<int:pk>/close/", views.account_close, name="account-close"),
    path("<int:pk>/end-sessions/", views.account_sessions_end, name="account-sessions-end"),
    path("<int:pk>/reset-second-step/", views.second_step_reset, name="second-step-reset"),
    path("<int:pk>/unlink/", provider_views.account_unlink, name="account-unlink"),
    path("<int:pk>/reopen/", views.account_reopen, name="account-reopen"),
]
