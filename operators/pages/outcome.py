"""Doing something at the press of a button: say how it went, and show the page again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tenants.errors import DomainError


def carry_out(request: HttpRequest, action: Callable[[], object], *, done: str, then: str) -> HttpResponse:
    """Run ``action`` and go to the page named ``then``, with ``done`` or the reason of a refusal on it.

    Raises the refusal itself for a missing row or right: those are answered as such.
    """
    try:
        action()
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        messages.error(request, str(error.detail))
    else:
        messages.success(request, done)
    return redirect(then)
