"""Keeping people out: contacts, their addresses, networks; for a while or for good."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from conversations.actions.manage_blocks import block_contact, block_network, lift_block
from conversations.blocks import is_kept_out, standing
from conversations.models import Block, Contact, VisitorSession
from conversations.visitors import find_visitor
from tenants.clock import happening_at, now
from tenants.errors import BadRequest, NotFound, PermissionDenied, Unauthenticated
from tenants.models import EventRecord
from tenants.permissions import Role
from tenants.scoping import TenantId, tenant_scope
from tests.background import after
from tests.cast import Cast, make_operator
from tests.conversations.inboxes.widget.asking import open_session
from tests.operators.scenes import audited, nothing_changes


def comes(cast: Cast, address: str) -> int:
    """Let somebody new come from an address. Returns the status of the answer."""
    status: int = open_session(Client(REMOTE_ADDR=address), cast.acme_widget).status_code
    return status


def shut_out(cast: Cast, **options: Any) -> Block:
    with tenant_scope(TenantId(cast.acme.pk)):
        return block_contact(actor=cast.alice.actor, contact_id=cast.vera.contact_id, **options)


def test_a_blocked_visitor_is_out_and_comes_in_when_it_is_lifted(cast: Cast) -> None:
    block = shut_out(cast, note="Rude")
    with pytest.raises(Unauthenticated):
        find_visitor(token=cast.vera.token)
    with tenant_scope(TenantId(cast.acme.pk)):
        assert Contact.objects.get(pk=cast.vera.contact_id).is_blocked
        assert [one.contact_id for one in standing()] == [cast.vera.contact_id]
        lift_block(actor=cast.alice.actor, block_id=block.pk)
        assert not list(standing())
        told = EventRecord.objects.filter(type="contact.updated").count()
    assert find_visitor(token=cast.vera.token).actor.id == cast.vera.contact_id
    assert told == 2
    assert audited(cast.acme) == [("Alice", "block.made"), ("Alice", "block.lifted")]


@pytest.mark.django_db(transaction=True)
def test_a_block_of_an_hour_is_over_after_an_hour(cast: Cast) -> None:
    shut_out(cast, until=now() + timedelta(hours=1))
    with after(minutes=59), pytest.raises(Unauthenticated):
        find_visitor(token=cast.vera.token)
    with after(minutes=61):
        assert find_visitor(token=cast.vera.token).actor.id == cast.vera.contact_id


def test_once_more_changes_until_when_and_makes_no_second_block(cast: Cast) -> None:
    first = shut_out(cast, until=now() + timedelta(hours=1))
    again = shut_out(cast)
    assert (again.pk, again.expires_at) == (first.pk, None)


def test_their_address_is_kept_out_with_them_and_let_in_with_them(cast: Cast) -> None:
    assert comes(cast, "203.0.113.7") == 200
    with tenant_scope(TenantId(cast.acme.pk)):
        session = VisitorSession.objects.latest("created_at")
        block = block_contact(actor=cast.alice.actor, contact_id=session.contact_id, with_addresses=True)
    assert comes(cast, "203.0.113.7") == 403
    assert comes(cast, "203.0.113.8") == 200
    with tenant_scope(TenantId(cast.acme.pk)):
        lift_block(actor=cast.alice.actor, block_id=block.pk)
    assert comes(cast, "203.0.113.7") == 200


def test_whoever_else_is_there_from_that_address_has_to_leave(cast: Cast) -> None:
    for _ in range(2):
        comes(cast, "203.0.113.7")
    with tenant_scope(TenantId(cast.acme.pk)):
        first, second = VisitorSession.objects.order_by("-created_at")[:2]
        block_contact(actor=cast.alice.actor, contact_id=first.contact_id, with_addresses=True)
        assert not VisitorSession.objects.filter(contact=second.contact_id).exists()


@pytest.mark.parametrize(
    ("network", "address", "is_out"),
    [
        ("203.0.113.0/24", "203.0.113.200", True),
        ("203.0.113.0/24", "203.0.114.1", False),
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.0/24", "::ffff:203.0.113.9", True),
        ("2001:db8::/48", "2001:db8:0:1::5", True),
        ("2001:db8::/48", "2001:db9::5", False),
        ("203.0.113.0/24", "", False),
    ],
)
def test_a_network_is_kept_out(cast: Cast, network: str, address: str, *, is_out: bool) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        block_network(actor=cast.bob.actor, network=network)
        assert is_kept_out(address) is is_out
    with tenant_scope(TenantId(cast.globex.pk)):
        assert not is_kept_out(address)


def test_nobody_begins_a_session_from_a_network_that_is_kept_out(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        block_network(actor=cast.bob.actor, network="203.0.113.9/24", until=now() + timedelta(days=1))
        assert Block.objects.get().network == "203.0.113.0/24"
    assert comes(cast, "203.0.113.1") == 403
    with after(days=1, seconds=1):
        assert comes(cast, "203.0.113.1") == 200


def test_a_block_whose_time_is_over_holds_no_longer_though_nobody_lifted_it_yet(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        block_network(actor=cast.bob.actor, network="203.0.113.0/24", until=now() + timedelta(hours=1))
        with happening_at(now() + timedelta(minutes=61)):
            assert Block.objects.exists()
            assert not is_kept_out("203.0.113.1")


@pytest.mark.parametrize("network", ["", "shop.example", "203.0.0.0/8", "2001::/16", "203.0.113.0/33"])
def test_what_is_no_network_or_half_a_country_is_refused(cast: Cast, network: str) -> None:
    with (
        nothing_changes(cast.acme),
        tenant_scope(TenantId(cast.acme.pk)),
        pytest.raises(BadRequest) as refused,
    ):
        block_network(actor=cast.bob.actor, network=network)
    assert set(refused.value.errors) == {"network"}


def test_a_moment_that_is_past_is_refused(cast: Cast) -> None:
    with pytest.raises(BadRequest) as refused:
        shut_out(cast, until=now())
    assert set(refused.value.errors) == {"until"}


def test_who_may_keep_out_whom(cast: Cast) -> None:
    viewer = make_operator(cast.acme, name="Eve", role=Role.VIEWER)
    with tenant_scope(TenantId(cast.acme.pk)):
        with pytest.raises(PermissionDenied):
            block_contact(actor=viewer.actor, contact_id=cast.vera.contact_id)
        with pytest.raises(PermissionDenied):
            block_network(actor=cast.alice.actor, network="203.0.113.7")
        block = block_network(actor=cast.bob.actor, network="203.0.113.7")
        with pytest.raises(PermissionDenied):
            lift_block(actor=cast.alice.actor, block_id=block.pk)
    with tenant_scope(TenantId(cast.globex.pk)):
        with pytest.raises(NotFound):
            lift_block(actor=cast.mallory.actor, block_id=block.pk)
        with pytest.raises(NotFound):
            block_contact(actor=cast.mallory.actor, contact_id=cast.vera.contact_id)
