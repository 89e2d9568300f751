"""What every change of a conversation shares: the lock, and the event line in the thread."""

from typing import Any, cast
from uuid import UUID

from conversations.models import Conversation, Message
from conversations.present import author_of, message_shape
from conversations.shapes import MessageShape
from tenants.clock import now
from tenants.errors import NotFound
from tenants.events import Audience
from tenants.ids import uuid7
from tenants.permissions import Actor
from tenants.scoping import current_tenant_id


def locked(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Return a conversation with its row locked until the end; a contact only gets their own. Raises NotFound."""
    found = Conversation.objects.select_for_update(no_key=True).filter(pk=conversation_id)
    if actor.is_contact:
        found = found.filter(contact=actor.id)
    for conversation in found:  # by its key: one or none, nothing to sort or to limit
        return conversation
    raise NotFound()


def add_line(
    *, conversation: Conversation, actor: Actor, code: str, is_public: bool, **parameters: Any
) -> MessageShape:
    """Append an event line where the next event of the conversation will stand, and return its shape.

    Publish that event next: line and event share their position. ``is_public``: the event goes to
    the contact too.
    """
    pk = uuid7()
    line = Message(
        pk=pk,
        tenant_id=current_tenant_id(),
        conversation=conversation,
        kind=Message.Kind.EVENT,
        author_kind=str(actor.kind),
        author_id=actor.id,
        author_name=actor.name,
        client_id=pk,
        line={"code": code, **parameters},
        operators_position=conversation.operators_position + 1,
        contact_position=conversation.contact_position + 1 if is_public else None,
        created_at=now(),
    )
    line.save(force_insert=True)
    shape = dict(message_shape(line, (), Audience.CONTACT))
    # The position is the reader's: the frame puts it there.
    del shape["position"]
    return cast("MessageShape", {**shape, "author": author_of(actor)})
