"""Keeping a picture that articles may show."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from conversations.files import INLINE, checked
from conversations.models import ArticleImage
from tenants.audit import record
from tenants.clock import now
from tenants.errors import UnsupportedFile
from tenants.ids import secret_token
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id


def upload_article_image(*, actor: Actor, name: str, content: bytes) -> ArticleImage:
    """Keep a picture; whoever writes names it as ``![what it shows](image:ID)``.

    It is drawn anew, so that nothing but pixels stays. The stored name is random; the tenant comes first in it.

    Raises PermissionDenied, TooLarge, UnsupportedFile (see conversations.files.checked; anything but a picture).
    """
    require(actor, Permission.WRITE_ARTICLES)
    file = checked(name=name, content=content)
    if file.content_type not in INLINE:
        raise UnsupportedFile()
    key = f"{current_tenant_id().hex}/articles/{now():%Y/%m}/{secret_token()}"
    stored = default_storage.save(key, ContentFile(file.content))
    try:
        with transaction.atomic():
            image = ArticleImage.objects.create(
                name=file.name,
                content_type=file.content_type,
                size=len(file.content),
                width=file.width or 1,
                height=file.height or 1,
                storage_key=stored,
                created_by=actor.reference,
            )
            record(
                actor=actor,
                action="article_image.uploaded",
                target=f"article_image:{image.pk}",
                changes={"name": [None, image.name]},
            )
    except Exception:
        default_storage.delete(stored)
        raise
    return image
