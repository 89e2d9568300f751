"""A contact wants no mails of a tenant, or wants them again."""

from django.db import transaction

from conversations.models import Contact
from tenants.clock import now
from tenants.errors import NotFound
from tenants.permissions import Actor


@transaction.atomic
def unsubscribe_contact(*, actor: Actor, is_unsubscribed: bool = True) -> Contact:
    """Stop mails to the acting contact, or allow them again; what is so already stays as it was.

    Raises NotFound when the actor is no contact.
    """
    if not actor.is_contact or actor.id is None:
        raise NotFound()
    contact = Contact.objects.select_for_update().filter(pk=actor.id).first()
    if contact is None:
        raise NotFound()
    if bool(contact.unsubscribed_at) != is_unsubscribed:
        contact.unsubscribed_at = now() if is_unsubscribed else None
        contact.save(update_fields=["unsubscribed_at"])
    return contact
