"""A contact, or an operator on their behalf, begins a conversation."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.events import ConversationCreated
from conversations.models import Contact, Conversation, Inbox
from conversations.present import begun_shape, row_shape
from conversations.text import clean, one_line
from tenants.clock import now
from tenants.errors import BadRequest, NotFound, PermissionDenied
from tenants.events import publish
from tenants.events.fanout import hint, tell
from tenants.events.groups import contact_group
from tenants.events.publish import hints_again
from tenants.models import EventRecord
from tenants.permissions import Actor, Permission, require
from tenants.scoping import TenantId, current_tenant_id

LANGUAGES = ("en", "ar", "fa", "lt")


@transaction.atomic
def start_conversation(
    *,
    actor: Actor,
    inbox_id: UUID,
    contact_id: UUID,
    client_id: UUID,
    language: str = "en",
    subject: str = "",
) -> Conversation:
    """Begin a conversation; the same ``client_id`` of a contact again returns the same one.

    Where somebody else begins it, the contact's open pages are told to follow it.

    Raises:
        PermissionDenied: the actor may not write, or is another contact, or the contact is blocked.
        NotFound: no such inbox or contact.
        BadRequest: a language Parley does not speak.
    """
    require(actor, Permission.WRITE_MESSAGES)
    if actor.is_contact and actor.id != contact_id:
        raise PermissionDenied()
    if language not in LANGUAGES:
        raise BadRequest(
            errors={"language": [_("Choose one of: %(codes)s.") % {"codes": ", ".join(LANGUAGES)}]}
        )
    inbox = Inbox.objects.filter(pk=inbox_id, is_enabled=True).first()
    # Locked, so that two tabs that begin at once find each other.
    contact = Contact.objects.select_for_update().filter(pk=contact_id).first()
    if inbox is None or contact is None:
        raise NotFound()
    if contact.is_blocked and actor.is_contact:
        raise PermissionDenied(_("This conversation cannot be started."))
    if earlier := Conversation.objects.filter(contact_id=contact_id, client_id=client_id).first():
        _tell_again(earlier)
        return earlier
    moment = now()
    conversation = Conversation.objects.create(
        tenant_id=current_tenant_id(),
        inbox=inbox,
        contact=contact,
        client_id=client_id,
        language=language,
        subject=one_line(clean(subject), length=200),
        team_id=inbox.team_id,
        created_at=moment,
        last_activity_at=moment,
    )
    _publish(conversation, contact)
    if not actor.is_contact:
        transaction.on_commit(partial(_tell_contact, conversation), robust=True)
    return conversation


def _publish(conversation: Conversation, contact: Contact) -> None:
    positions = publish(
        ConversationCreated(
            conversation_id=conversation.pk,
            inbox_id=conversation.inbox_id,
            contact_id=contact.pk,
            language=conversation.language,
            status="open",
            created_at=conversation.created_at,
            row={**row_shape(conversation, contact, ()), "position": 1},
        )
    )
    conversation.operators_position = positions.operators or 0
    conversation.contact_position = positions.contact or 0


def _tell_contact(conversation: Conversation) -> None:
    started = {"type": "conversation.started", "conversation": begun_shape(conversation)}
    tenant_id = TenantId(conversation.tenant_id)
    tell(tenant_id, [hint(contact_group(tenant_id, conversation.contact_id), started)])


def _tell_again(conversation: Conversation) -> None:
    """Whoever was to tell of it may have died. Once something was said in it, that tells of it."""
    if conversation.operators_position == 1:
        created = EventRecord.objects.filter(conversation_id=conversation.pk)
        transaction.on_commit(partial(tell, current_tenant_id(), hints_again(created)), robust=True)
