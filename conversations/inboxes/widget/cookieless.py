"""The widget's addresses know nobody by cookie, even where they share an origin with the operators' pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class CookielessWidgetMiddleware:
    """Drops the cookies of a request to the widget before anything reads them.

    So no session is opened or renewed there, no answer sets or varies by a cookie, and the loader and the panel are
    the same bytes for everybody: one copy in a cache serves all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(("/widget.js", "/widget/")):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)
