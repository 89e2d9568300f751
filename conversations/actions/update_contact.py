"""Who the contact is: told by themselves, or written down by an operator."""

import re
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from conversations.events import ContactUpdated
from conversations.models import Contact
from conversations.present import author_of
from conversations.shapes import AuthorShape
from conversations.text import clean, one_line
from tenants.clock import now
from tenants.digits import own_digits
from tenants.errors import BadRequest, NotFound
from tenants.events import publish
from tenants.ids import uuid7
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id

# What may be set, and how long it may be. What a contact says of themselves never makes them verified.
LIMITS: Final = {
    "name": 100,
    "email": 254,
    "phone": 40,
    "language": 8,
    "time_zone": 64,
    "country": 2,
    "external_id": 200,
}
OWN_FIELDS: Final = frozenset({"name", "email", "phone", "language", "time_zone"})
_PHONE: Final = re.compile(r"^[0-9+() ./\-\u0660-\u0669\u06f0-\u06f9]{3,40}$")


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    made: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "attributes":
            if not isinstance(value, dict) or len(str(value)) > 10_000:
                errors[name] = [_("This must be an object of up to 10,000 characters.")]
            made[name] = value
            continue
        if not isinstance(value, str):
            errors[name] = [_("This must be text.")]
            continue
        text = one_line(clean(value), length=10_000)
        if len(text) > LIMITS[name]:
            errors[name] = [own_digits(_("Up to %(limit)d characters.") % {"limit": LIMITS[name]})]
        made[name] = text
    if email := made.get("email"):
        try:
            validate_email(email)
        except ValidationError:
            errors["email"] = [_("Enter a valid e-mail address.")]
    if made.get("phone") and not _PHONE.match(made["phone"]):
        errors["phone"] = [_("Enter a valid phone number.")]
    if errors:
        raise BadRequest(errors=errors)
    return made


@transaction.atomic
def create_contact(*, actor: Actor, **fields: Any) -> Contact:
    """Create a contact. Raises PermissionDenied, BadRequest naming each field that is wrong."""
    require(actor, Permission.WRITE_CONTACTS)
    made = _checked(fields)
    if (given := made.get("external_id")) and Contact.objects.filter(external_id=given).exists():
        raise BadRequest(errors={"external_id": [_("A contact with this id exists.")]})
    contact = Contact(id=uuid7(), tenant_id=current_tenant_id(), created_at=now(), **made)
    contact.refold()
    contact.save(force_insert=True)
    return contact


@transaction.atomic
def update_contact(*, actor: Actor, contact_id: UUID, **fields: Any) -> Contact:
    """Change fields of a contact; a contact may change their own name, e-mail, phone, language and zone.

    Raises PermissionDenied, NotFound, BadRequest naming each field that is wrong.
    """
    if actor.is_contact:
        if actor.id != contact_id or not set(fields) <= OWN_FIELDS:
            raise NotFound()
    else:
        require(actor, Permission.WRITE_CONTACTS)
    made = _checked(fields)
    contact = Contact.objects.select_for_update().filter(pk=contact_id).first()
    if contact is None:
        raise NotFound()
    changed = {name: value for name, value in made.items() if getattr(contact, name) != value}
    if not changed:
        return contact
    if (given := changed.get("external_id")) and Contact.objects.filter(external_id=given).exists():
        raise BadRequest(errors={"external_id": [_("A contact with this id exists.")]})
    for name, value in changed.items():
        setattr(contact, name, value)
    if "email" in changed:
        contact.is_verified = False
    contact.refold()
    contact.save()
    publish(contact_updated(contact, by=author_of(actor)))
    return contact


def contact_updated(contact: Contact, *, by: AuthorShape) -> ContactUpdated:
    """Return the event that says who a contact is now."""
    return ContactUpdated(
        contact_id=contact.pk,
        name=contact.display_name,
        email=contact.email,
        phone=contact.phone,
        is_verified=contact.is_verified,
        by=by,
    )
