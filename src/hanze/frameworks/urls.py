from django.urls import path

from hanze.frameworks.views import reading

app_name = "frameworks"
urlpatterns = [
    path("frameworks/", reading.framework_list, name="framework-list"),
    path("frameworks/<slug:framework>/<str:version>/", reading.framework_detail, name="framework-detail"),
]
