"""The front page, and the page of somebody who works nowhere yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from operators.authentication import membership_of


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Say what Parley is; send people who work somewhere to their inbox."""
    membership = membership_of(request)
    if membership is not None:
        return redirect("/inbox/" if membership.current else "no_business")
    return render(request, "operators/landing.html")
