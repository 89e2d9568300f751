"""The API's own description, for machines and for people. Both are public."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from tenants.api.schema import openapi


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """Answer with the OpenAPI 3.1 document."""
    return JsonResponse(openapi(), json_dumps_params={"ensure_ascii": False})
