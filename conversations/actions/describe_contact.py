"""A visitor, or the page they are on, says who they are without proving it."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.actions.update_contact import update_contact
from conversations.inbox_settings import with_defaults
from conversations.models import Contact, Inbox
from tenants.errors import NotFound, PermissionDenied
from tenants.permissions import Actor

# What a signed token may have said before.
PROVEN: Final = ("name", "email", "phone")


@transaction.atomic
def describe_contact(*, actor: Actor, is_typed: bool, **about: Any) -> Contact:
    """Take down ``name``, ``email`` and ``phone`` of a visitor, unproven. Theirs only where nothing better is known.

    ``is_typed``: the visitor wrote it into the form, it does not come from the page. A contact who is known by an
    external id keeps what is known. Where the inbox insists on signatures, what a page says is refused.

    Raises PermissionDenied where it is refused, NotFound, BadRequest naming each field that is wrong.
    """
    contact = None if actor.id is None else Contact.objects.filter(pk=actor.id).first()
    if contact is None:
        raise NotFound()
    if not is_typed and identity_mode(actor=actor) == "on":
        raise PermissionDenied(_("This site signs who its visitors are."))
    if contact.external_id:
        about = {
            name: value for name, value in about.items() if name not in PROVEN or not getattr(contact, name)
        }
    return update_contact(actor=actor, contact_id=contact.pk, **about)


def identity_mode(*, actor: Actor) -> str:
    """Return what the visitor's inbox does with unsigned identities: off, warn or on."""
    if actor.inbox_id is None:
        return str(with_defaults({})["identity"])
    return str(with_defaults(Inbox.objects.get(pk=actor.inbox_id).settings)["identity"])
