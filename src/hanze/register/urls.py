from django.urls import path

from hanze.register.views import agreements, choose, documents, maps, organisations, people, relations

app_name = "register"
urlpatterns = [
    path("parties/", organisations.organisation_list, name="organisation-list"),
    path("parties/new/", organisations.organisation_create, name="organisation-create"),
    path("parties/duplicates/", organisations.organisation_duplicates, name="organisation-duplicates"),
    path("parties/choose/", choose.organisation_choose, name="organisation-choose"),
    path("parties/<int:pk>/", organisations.organisation_detail, name="organisation-detail"),
    path("parties/<int:pk>/edit/", organisations.organisation_change, name="organisation-change"),
    path("people/", people.person_list, name="person-list"),
    path("people/new/", people.person_create, name="person-create"),
    path("people/choose/", choose.person_choose, name="person-choose"),
    path("people/<int:pk>/", people.person_detail, name="person-detail"),
    path("people/<int:pk>/edit/", people.person_change, name="person-change"),
    path("people/<int:pk>/posts/new/", people.post_add, name="post-add"),
    path("people/<int:pk>/posts/<int:post>/", people.post_change, name="post-change"),
    path("places/regions/", choose.region_choose, name="region-choose"),
    path("places/cities/", choose.city_choose, name="city-choose"),
    path("places/fields/", choose.place_fields, name="place-fields"),
    path("relations/", relations.relation_list, name="relation-list"),
    path("relations/map/", maps.relation_map, name="relation-map"),
    path("relations/new/", relations.relation_create, name="relation-create"),
    path("relations/<int:pk>/", relations.relation_detail, name="relation-detail"),
    path("relations/<int:pk>/edit/", relations.relation_change, name="relation-change"),
    path("relations/<int:pk>/status/", relations.relation_status, name="relation-status"),
    path("agreements/", agreements.agreement_list, name="agreement-list"),
    path("agreements/new/", agreements.agreement_create, name="agreement-create"),
    path("agreements/<int:pk>/", agreements.agreement_detail, name="agreement-detail"),
    path("agreements/<int:pk>/edit/", agreements.agreement_change, name="agreement-change"),
    path("agreements/<int:pk>/renew/", agreements.agreement_renew, name="agreement-renew"),
    path("agreements/<int:pk>/end/", agreements.agreement_end, name="agreement-end"),
    path("agreements/<int:pk>/documents/new/", documents.agreement_document_add, name="agreement-document-add"),
    path("agreements/<int:pk>/documents/<int:document>/", documents.agreement_document, name="agreement-document"),
]
