"""Keeping people out, and letting them in again."""

from datetime import datetime, timedelta
from functools import partial
from ipaddress import ip_network
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conversations.actions.update_contact import contact_updated
from conversations.blocks import MOST_BLOCKS
from conversations.models import Block, Contact, VisitorSession
from conversations.present import author_of
from conversations.text import clean, one_line
from tenants.audit import record
from tenants.clock import now
from tenants.digits import own_digits
from tenants.errors import BadRequest, NotFound
from tenants.events import publish
from tenants.events.fanout import hint, tell
from tenants.events.groups import contact_group
from tenants.permissions import Actor, Permission, require
from tenants.scoping import current_tenant_id
from tenants.timers import cancel_timer, set_timer

KIND: Final = "block_over"
MAX_NOTE: Final = 200
LONGEST: Final = timedelta(days=3660)
# A wider network holds half a country.
WIDEST: Final = {4: 16, 6: 32}
# Where a contact came from lately; what is older may be somebody else's by now.
LATELY: Final = timedelta(days=30)


@transaction.atomic
def block_contact(
    *,
    actor: Actor,
    contact_id: UUID,
    until: datetime | None = None,
    with_addresses: bool = False,
    note: str = "",
) -> Block:
    """Keep a contact out, with or without the addresses they came from lately; again changes until when.

    Their open pages are told at once. Raises PermissionDenied, NotFound, BadRequest.
    """
    require(actor, Permission.WRITE_CONTACTS)
    contact = Contact.objects.select_for_update().filter(pk=contact_id).first()
    if contact is None:
        raise NotFound()
    block = Block.objects.filter(contact=contact).first() or _new(actor, contact=contact)
    came_from = set(block.address_hashes) | (_addresses(contact) if with_addresses else set())
    block.address_hashes = sorted(came_from)
    _keep(actor, block, until=until, note=note, target=f"contact:{contact.pk}")
    Contact.objects.filter(pk=contact.pk).update(is_blocked=True)
    publish(contact_updated(contact, by=author_of(actor)))
    _end_sessions(contact, block)
    return block


@transaction.atomic
def block_network(*, actor: Actor, network: str, until: datetime | None = None, note: str = "") -> Block:
    """Let nobody begin a session from a network (CIDR, or one address); again changes until when.

    Raises PermissionDenied, BadRequest: it is none, or too wide.
    """
    require(actor, Permission.WRITE_INBOXES)
    written = _checked_network(network)
    block = Block.objects.filter(network=written).first() or _new(actor, network=written)
    _keep(actor, block, until=until, note=note, target=f"network:{written}")
    return block


@transaction.atomic
def lift_block(*, actor: Actor, block_id: UUID) -> None:
    """Let in again who or what was kept out. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_CONTACTS)
    block = Block.objects.select_for_update().filter(pk=block_id).first()
    if block is None:
        raise NotFound()
    if block.network:
        require(actor, Permission.WRITE_INBOXES)
    contact: Contact | None = block.contact
    block.delete()
    cancel_timer(kind=KIND, subject_id=block_id)
    target = f"contact:{contact.pk}" if contact else f"network:{block.network}"
    record(actor=actor, action="block.lifted", target=target)
    if contact:
        Contact.objects.filter(pk=contact.pk).update(is_blocked=False)
        publish(contact_updated(contact, by=author_of(actor)))


def _new(actor: Actor, *, contact: Contact | None = None, network: str = "") -> Block:
    if Block.objects.count() >= MOST_BLOCKS:
        raise BadRequest(
            own_digits(_("There can be %(limit)d blocks. Lift one first.") % {"limit": MOST_BLOCKS})
        )
    return Block(
        tenant_id=current_tenant_id(),
        contact=contact,
        network=network,
        created_by=one_line(actor.name, length=100),
    )


def _keep(actor: Actor, block: Block, *, until: datetime | None, note: str, target: str) -> None:
    if until is not None and not now() < until <= now() + LONGEST:
        raise BadRequest(errors={"until": [_("Choose a moment in the future.")]})
    block.expires_at = until
    block.note = one_line(clean(note), length=MAX_NOTE)
    block.save()
    if until is None:
        cancel_timer(kind=KIND, subject_id=block.pk)
    else:
        set_timer(kind=KIND, subject_id=block.pk, due_at=until)
    changes = {"until": [None, until.isoformat() if until else None], "note": [None, block.note]}
    record(actor=actor, action="block.made", target=target, changes=changes)


def _addresses(contact: Contact) -> set[str]:
    sessions = VisitorSession.objects.filter(contact=contact, last_seen_at__gt=now() - LATELY)
    return set(sessions.exclude(address_hash="").values_list("address_hash", flat=True))


def _end_sessions(contact: Contact, block: Block) -> None:
    """End the open pages of a contact, and of whoever else came from the same addresses."""
    tenant_id = current_tenant_id()
    others = VisitorSession.objects.filter(address_hash__in=block.address_hashes).exclude(contact=contact)
    ended = {contact.pk, *others.values_list("contact_id", flat=True)}
    others.delete()
    hints = [hint(contact_group(tenant_id, contact_id), {"type": "session.ended"}) for contact_id in ended]
    transaction.on_commit(partial(tell, tenant_id, hints), robust=True)


def _checked_network(text: str) -> str:
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise BadRequest(
            errors={"network": [_("Write an address or a network, like 203.0.113.7 or 203.0.113.0/24.")]}
        ) from error
    widest = WIDEST[network.version]
    if network.prefixlen < widest:
        text = _("This network is too wide: /%(widest)d is the widest.") % {"widest": widest}
        raise BadRequest(errors={"network": [own_digits(text)]})
    return str(network)
