"""Whoever closes all their pages is away after two minutes, and online when they come back."""

import asyncio
from datetime import timedelta

import pytest
from django.conf import settings
from redis.asyncio import Redis

from conversations import absence
from conversations.presence import Living, Presence
from operators.actions.set_availability import set_availability
from operators.models import Availability, Operator
from tenants.clock import now
from tenants.models import AuditEntry, Timer
from tenants.scoping import TenantId, tenant_scope
from tests.background import after, operator_here
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def comes(cast: Cast) -> None:
    """Let Alice open her inbox."""
    operator_here(cast.alice)
    with tenant_scope(cast.acme.pk):
        absence.came(Operator.objects.get(pk=cast.alice.pk))


def leaves(cast: Cast) -> None:
    """Let Alice close it, so long ago that she does not count as here."""
    asyncio.run(_leave(cast))


async def _leave(cast: Cast) -> None:
    async with Redis.from_url(settings.REDIS_URL) as client:
        living = Living(TenantId(cast.acme.pk), "operator", cast.alice.pk, "tab")
        await Presence(client).depart(living)
        await client.delete(f"board:{cast.acme.pk.hex}:operator")


def status(cast: Cast) -> tuple[str, bool]:
    with tenant_scope(cast.acme.pk):
        alice = Operator.objects.get(pk=cast.alice.pk)
        return alice.availability, alice.is_away_by_itself


def sets(cast: Cast, availability: Availability) -> None:
    with tenant_scope(cast.acme.pk):
        set_availability(actor=cast.alice.actor, operator_id=cast.alice.pk, availability=availability)


def test_who_is_here_stays_online_and_is_looked_for_again(cast: Cast) -> None:
    comes(cast)
    with after(minutes=1):
        assert status(cast) == ("online", False)
        due = Timer.objects.get(kind="operator_gone").due_at - now()
    assert timedelta(0) < due <= absence.LOOK_AGAIN


def test_who_has_left_is_away_until_they_come_back(cast: Cast) -> None:
    comes(cast)
    leaves(cast)
    with after(minutes=1):
        assert status(cast) == ("away", True)
        assert not Timer.objects.filter(kind="operator_gone").exists()
    comes(cast)
    assert status(cast) == ("online", False)
    with tenant_scope(cast.acme.pk):
        assert AuditEntry.objects.filter(action="operator.availability_set").count() == 0


@pytest.mark.parametrize("chosen", [Availability.AWAY, Availability.OFFLINE])
def test_what_somebody_chose_stays_when_they_leave_and_come_back(cast: Cast, chosen: Availability) -> None:
    comes(cast)
    sets(cast, chosen)
    leaves(cast)
    with after(minutes=1):
        assert status(cast) == (chosen.value, False)
    comes(cast)
    assert status(cast) == (chosen.value, False)


def test_who_chooses_away_meanwhile_stays_away(cast: Cast) -> None:
    comes(cast)
    leaves(cast)
    with after(minutes=1):
        assert status(cast) == ("away", True)
    sets(cast, Availability.AWAY)
    comes(cast)
    assert status(cast) == ("away", False)
