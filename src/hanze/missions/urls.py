from django.urls import path

from hanze.missions.views import agenda, contents, editing, feeds, lists, measures, page, parties

app_name = "missions"
urlpatterns = [
    path("missions/", lists.activity_list, name="activity-list"),
    path("missions/new/", editing.activity_new, name="activity-new"),
    path("missions/<int:pk>/", page.activity_detail, name="activity-detail"),
    path("missions/<int:pk>/calendar.ics", feeds.activity_calendar, name="activity-calendar"),
    path("calendar/feeds/", feeds.feed_list, name="feed-list"),
    path("calendar/feeds/<int:pk>/renew/", feeds.feed_renew, name="feed-renew"),
    path("calendar/feeds/<int:pk>/end/", feeds.feed_revoke, name="feed-revoke"),
    path("calendar/<str:secret>.ics", feeds.feed, name="feed"),
    path("missions/<int:pk>/briefing/", page.briefing, name="briefing"),
    path("missions/<int:pk>/change/<slug:section>/", editing.activity_change, name="activity-change"),
    path("missions/<int:pk>/step/<slug:key>/", editing.activity_move, name="activity-move"),
    path("missions/<int:pk>/report/", editing.activity_report, name="activity-report"),
    path("missions/<int:pk>/report/take-back/", editing.report_withdraw, name="report-withdraw"),
    path("missions/<int:pk>/measures/add/", measures.measure_add, name="measure-add"),
    path("missions/<int:pk>/measures/<int:measure_pk>/<slug:key>/", measures.measure_action, name="measure-action"),
    path("missions/<int:pk>/measures/for-all/<slug:code>/", measures.measure_group, name="measure-group"),
    path("missions/<int:pk>/participants/add/", parties.participation_add, name="participation-add"),
    path("missions/<int:pk>/participants/<int:party>/", parties.participation_change, name="participation-change"),
    path(
        "missions/<int:pk>/participants/<int:party>/withdraw/",
        parties.participation_withdraw,
        name="participation-withdraw",
    ),
    path(
        "missions/<int:pk>/participants/<int:party>/return/", parties.participation_return, name="participation-return"
    ),
    path(
        "missions/<int:pk>/participants/<int:party>/remove/", parties.participation_remove, name="participation-remove"
    ),
    path("missions/<int:pk>/agreements/add/", contents.agreement_add, name="agreement-add"),
    path("missions/<int:pk>/agreements/<int:agreement>/remove/", contents.agreement_remove, name="agreement-remove"),
    path("missions/<int:pk>/contacts/add/", contents.contact_add, name="contact-add"),
    path("missions/<int:pk>/contacts/<int:contact>/remove/", contents.contact_remove, name="contact-remove"),
    path("missions/<int:pk>/documents/add/", contents.document_add, name="document-add"),
    path("missions/<int:pk>/documents/<int:document>/", contents.document_download, name="document-download"),
    path("missions/<int:pk>/<slug:key>/add/", contents.part_add, name="part-add"),
    path("missions/<int:pk>/<slug:key>/<int:part>/", contents.part_change, name="part-change"),
    path("missions/<int:pk>/<slug:key>/<int:part>/remove/", contents.part_remove, name="part-remove"),
    path("agenda/", agenda.agenda, name="agenda"),
]
