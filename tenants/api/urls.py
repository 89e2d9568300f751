"""The API's routes of this app, below /api/v1/."""

from django.urls import URLPattern, path

from tenants.api import documents, views

urlpatterns: list[URLPattern] = [
    path("schema", documents.schema, name="api_schema"),
    path("settings", views.SettingsView.as_view(), name="api_settings"),
    path("api-keys", views.ApiKeyList.as_view(), name="api_keys"),
    path("api-keys/<uuid:key_id>", views.ApiKeyDetail.as_view(), name="api_key"),
    path("api-keys/<uuid:key_id>/rotate", views.RotateView.as_view(), name="api_rotate_key"),
    path("audit", views.AuditList.as_view(), name="api_audit"),
]
