from django.urls import path

from hanze.connections.views import applications, reference, webhooks

app_name = "connections"
urlpatterns = [
    path("api/v1/reference", reference.reference, name="reference"),
    path("administration/applications/", applications.application_list, name="application-list"),
    path("administration/applications/new/", applications.application_add, name="application-add"),
    path("administration/applications/<int:pk>/", applications.application_detail, name="application-detail"),
    path("administration/applications/<int:pk>/calls/", applications.application_calls, name="application-calls"),
    path("administration/applications/<int:pk>/close/", applications.application_close, name="application-close"),
    path("administration/applications/<int:pk>/tokens/new/", applications.token_add, name="token-add"),
    path("administration/tokens/<int:token>/revoke/", applications.token_revoke, name="token-revoke"),
    path("administration/applications/<int:pk>/webhooks/new/", webhooks.webhook_add, name="webhook-add"),
    path("administration/webhooks/<int:webhook>/", webhooks.webhook_detail, name="webhook-detail"),
    path("administration/webhooks/<int:webhook>/change/", webhooks.webhook_change, name="webhook-change"),
    path("administration/webhooks/<int:webhook>/switch/", webhooks.webhook_switch, name="webhook-switch"),
    path("administration/webhooks/<int:webhook>/secret/", webhooks.webhook_secret, name="webhook-secret"),
    path("administration/deliveries/<int:delivery>/again/", webhooks.delivery_again, name="delivery-again"),
]
