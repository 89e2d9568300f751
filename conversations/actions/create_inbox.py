"""Open another entrance."""

from django.db import transaction

from conversations.models import Inbox
from tenants.audit import record
from tenants.permissions import Actor, Permission, require


@transaction.atomic
def create_inbox(*, actor: Actor, name: str, language: str) -> Inbox:
    """Create a widget inbox with the default appearance; its key is made here and never changes."""
    require(actor, Permission.WRITE_INBOXES)
    inbox = Inbox.objects.create(kind=Inbox.Kind.WIDGET, name=name, language=language)
    record(
        actor=actor, action="inbox.created", target=f"inbox:{inbox.pk}", changes={"name": [None, inbox.name]}
    )
    return inbox
