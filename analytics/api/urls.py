"""The API's routes of this app, below /api/v1/."""

from django.urls import URLPattern, path

from analytics.api.views import LiveReport, OperatorsReport, OverviewReport

urlpatterns: list[URLPattern] = [
    path("reports/overview", OverviewReport.as_view(), name="api_report_overview"),
    path("reports/operators", OperatorsReport.as_view(), name="api_report_operators"),
    path("reports/live", LiveReport.as_view(), name="api_report_live"),
]
