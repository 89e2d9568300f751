"""Files, for whoever holds a signed link. Nothing here ever runs in our pages' name."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from conversations.files import INLINE
from conversations.models import ArticleImage, Attachment
from tenants.errors import NotFound
from tenants.scoping import tenant_scope
from tenants.signing import verify


@require_safe
def file(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """Answer with a file. Raises NotFound for a link that is not ours, Expired for one too old."""
    tenant_id = verify(purpose="file", subject=str(attachment_id), signature=request.GET.get("s", ""))
    with tenant_scope(tenant_id):
        found = Attachment.objects.filter(pk=attachment_id).first()
    if found is None or not default_storage.exists(found.storage_key):
        raise NotFound()
    inline = found.content_type in INLINE and "download" not in request.GET
    return _answer(found, inline=inline)


@require_safe
def article_image(request: HttpRequest, image_id: UUID) -> HttpResponse:
    """Answer with a picture of an article. Raises NotFound for a link that is not ours, Expired for one too old."""
    tenant_id = verify(purpose="article_image", subject=str(image_id), signature=request.GET.get("s", ""))
    with tenant_scope(tenant_id):
        found = ArticleImage.objects.filter(pk=image_id).first()
    if found is None or not default_storage.exists(found.storage_key):
        raise NotFound()
    return _answer(found, inline=True)


def _answer(found: Attachment | ArticleImage, *, inline: bool) -> HttpResponse:
    with default_storage.open(found.storage_key) as stored:
        response = HttpResponse(stored.read(), content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(not inline, found.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


file.opens_own_scope = True  # type: ignore[attr-defined]
article_image.opens_own_scope = True  # type: ignore[attr-defined]
