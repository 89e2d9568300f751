"""The routes of the reports."""

from django.urls import path

from analytics.pages import conversations, exports, live, overview, stop

urlpatterns = [
    path("reports/", overview.overview_page, name="reports"),
    path("reports/operators/", overview.operators_page, name="report_operators"),
    path("reports/live/", live.live_page, name="report_live"),
    path("reports/live/data/", live.live_data, name="report_live_data"),
    path("reports/conversations/", conversations.conversations_page, name="report_conversations"),
    path("reports/export/<slug:table>.csv", exports.export, name="report_export"),
    path("reports/mail/<uuid:operator_id>/<slug:kind>/stop/", stop.stop_page, name="report_stop"),
]
