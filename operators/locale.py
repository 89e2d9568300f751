"""Which language and time zone a page is written in: the person's own, else the browser's."""

import zoneinfo
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from operators.models import User


class PersonLocaleMiddleware:
    """Activates user -> cookie -> Accept-Language, and the user's time zone.

    Nobody's session is read unless the browser sent one, so that strangers cost no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = self._user(request)
        language = user.language if user and user.language in dict(settings.LANGUAGES) else ""
        translation.activate(language or translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()
        zone = _zone(user.time_zone) if user else None
        if zone:
            timezone.activate(zone)
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        if "public" not in response.headers.get("Cache-Control", ""):  # else it is the same for everybody
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response

    @staticmethod
    def _user(request: HttpRequest) -> "User | None":
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        return request.user


def _zone(name: str) -> zoneinfo.ZoneInfo | None:
    if not name:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
