"""/settings/: the first page of the settings that one may open."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from operators.pages.access import OperatorRequest, operator_page
from operators.pages.settings.navigation import settings_navigation


@require_safe
@operator_page()
def index(request: OperatorRequest) -> HttpResponse:
    """Everybody has at least their own profile."""
    _title, entries = settings_navigation(request)[0]
    return redirect(entries[0].url)
