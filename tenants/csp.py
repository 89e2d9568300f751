"""What a page may load and do, told to the browser: Content-Security-Policy and its kin.

A view that needs another policy (the widget's panel, the API's documentation) sets the header itself.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing a helpdesk page needs: each is switched off for the page and its frames.
PERMISSIONS: Final = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)


def page_policy() -> str:
    """Return the policy of Parley's own pages: everything from here, nothing inline, nobody frames them."""
    socket = settings.PARLEY_ORIGIN.replace("http", "ws", 1)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            # data: is the QR code of the second factor, blob: the preview of a picture before it is sent.
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "media-src 'self'",
            f"connect-src 'self' {socket}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        )
    )


class ContentSecurityPolicyMiddleware:
    """Adds the policy where a view set none, and keeps what a logged-in person sees out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = page_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if getattr(request, "actor", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
