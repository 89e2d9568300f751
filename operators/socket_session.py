"""Who opened an operators' socket: the same session as on the page, asked for anew each time."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.http.cookie import parse_cookie

from operators.authentication import session_principal
from tenants.permissions import Actor


def operator_of_session(scope: Mapping[str, Any]) -> Actor | None:
    """Return the actor of the session cookie of an ASGI scope; None when it is missing, ended or foreign."""
    header = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
    key = parse_cookie(header.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    request.user = get_user(request)
    return session_principal(request)
