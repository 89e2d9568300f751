"""Every route. Each app lists its own; this puts them together."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from config import health
from tenants.api.documents import manual

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.process, name="healthz"),
    path("readyz", health.readiness, name="readyz"),
    path("", include("conversations.urls")),
    path("", include("analytics.urls")),
    path("api/docs/", manual, name="api_docs"),
    path("api/v1/", include("tenants.api.urls")),
    path("api/v1/", include("operators.api.urls")),
    path("api/v1/", include("conversations.api.urls")),
    path("api/v1/", include("analytics.api.urls")),
    path("", include("conversations.pages.settings.urls")),
    path("", include("operators.pages.urls")),
]

if settings.PARLEY_MAIL_CATCHER_DIR:
    urlpatterns.append(path("mail/", include("config.local.mail_pages")))

handler400 = "config.error_pages.bad_request"
handler403 = "config.error_pages.forbidden"
handler404 = "config.error_pages.not_found"
handler500 = "config.error_pages.server_error"
