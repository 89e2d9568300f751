"""The tags of a contact."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from conversations.actions.label import tag_names, tags_named
from conversations.events import ContactTagged
from conversations.models import Contact, ContactTag, Tag
from conversations.present import author_of, tag_shape
from tenants.errors import NotFound
from tenants.events import publish
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id


@transaction.atomic
def tag_contact(*, actor: Actor, contact_id: UUID, names: Sequence[str]) -> list[Tag]:
    """Replace the tags of a contact; unknown names become tags. Returns them sorted by name.

    Raises PermissionDenied, NotFound, BadRequest for an empty name or more than MAX_TAGS.
    """
    require(actor, Permission.WRITE_CONTACTS)
    wanted = tag_names(names=names)
    if Contact.objects.select_for_update(no_key=True).filter(pk=contact_id).first() is None:
        raise NotFound()
    tags = tags_named(names=wanted)
    links = ContactTag.objects.filter(contact=contact_id)
    before = {link.tag_id for link in links}
    if before == {tag.pk for tag in tags}:
        return tags
    links.exclude(tag__in=tags).delete()
    tenant_id = current_tenant_id()
    ContactTag.objects.bulk_create(
        ContactTag(tenant_id=tenant_id, contact_id=contact_id, tag=tag)
        for tag in tags
        if tag.pk not in before
    )
    publish(ContactTagged(contact_id=contact_id, tags=[tag_shape(tag) for tag in tags], by=author_of(actor)))
    return tags
