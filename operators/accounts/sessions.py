"""The list of a person's sessions: when each was last used."""

import time
from collections.abc import Callable
from typing import Final

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from operators.authentication import NOTED_KEY

# How exactly "last active" is known: one write in this many seconds, not one a request.
STEP_SECONDS: Final = 300


class SessionActivityMiddleware:
    """Notes now and then that a session is in use, by which address and browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            moment = time.time()
            if moment - request.session.get(NOTED_KEY, 0) > STEP_SECONDS:
                request.session[NOTED_KEY] = moment
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
