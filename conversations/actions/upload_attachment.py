"""Keeping a file until the message it belongs to is sent."""

from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from conversations.files import checked
from conversations.models import Attachment
from conversations.queries import readable
from tenants.clock import now
from tenants.ids import secret_token
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id


def upload_attachment(*, actor: Actor, conversation_id: UUID, name: str, content: bytes) -> Attachment:
    """Keep a file for a message of this conversation; whoever sends it names its id.

    The stored name is ours and random; the tenant comes first in it.

    Raises:
        PermissionDenied: the actor may not write.
        NotFound: no such conversation, or not the contact's own.
        TooLarge, UnsupportedFile: see conversations.files.checked.
    """
    require(actor, Permission.WRITE_MESSAGES)
    readable(actor=actor, conversation_id=conversation_id)
    file = checked(name=name, content=content)
    key = f"{current_tenant_id().hex}/{now():%Y/%m}/{secret_token()}"
    stored = default_storage.save(key, ContentFile(file.content))
    try:
        with transaction.atomic():
            attachment = Attachment.objects.create(
                tenant_id=current_tenant_id(),
                conversation_id=conversation_id,
                name=file.name,
                content_type=file.content_type,
                size=len(file.content),
                width=file.width,
                height=file.height,
                storage_key=stored,
                uploaded_by_kind=str(actor.kind),
                uploaded_by_id=actor.id,
                created_at=now(),
            )
    except Exception:
        default_storage.delete(stored)
        raise
    return attachment


def forget_file(*, storage_key: str) -> None:
    """Delete a stored file once the transaction that forgot its row is committed."""
    transaction.on_commit(partial(default_storage.delete, storage_key), robust=True)
