"""The API's own description, for machines and for people. Both are public."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenants.api import manual as pages
from tenants.api.schema import openapi


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """Answer with the OpenAPI 3.1 document."""
    return JsonResponse(openapi(), json_dumps_params={"ensure_ascii": False})


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """Show the same to people, with examples and what the sockets tell."""
    return render(
        request,
        "api/manual.html",
        {
            "introduction": pages.introduction(),
            "first_steps": pages.first_steps(),
            "chapters": pages.chapters(),
            "error_codes": pages.error_codes(),
            "permissions": pages.permissions(),
            "events": pages.events(),
        },
    )
