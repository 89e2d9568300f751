"""Letting background work happen in a test: readers catch up, time passes, what is due is done."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from redis.asyncio import Redis

from conversations.presence import Living, Presence
from operators.models import Operator
from tenants.clock import happening_at, now
from tenants.events.drain import is_behind
from tenants.events.reader import READERS, read_all
from tenants.models import OutgoingMail, Tenant, Timer
from tenants.scoping import TenantId, tenant_scope
from tenants.timers import run_due_timers


def catch_up(*tenants: Tenant) -> None:
    """Let every reader fold what was committed; the site of this process may have a transaction open still."""
    deadline = time.monotonic() + 30
    for tenant in tenants:
        tenant_id = TenantId(tenant.pk)
        while is_behind(tenant_id):
            assert time.monotonic() < deadline, "a transaction has been open for half a minute"
            for reader in READERS.values():
                read_all(reader=reader, tenant_id=tenant_id)
            time.sleep(0.01)


@contextmanager
def after(**passed: float) -> Iterator[None]:
    """Let time pass: ``after(minutes=10)``. What is due then is done on entry."""
    with happening_at(now() + timedelta(**passed)):
        run_due_timers()
        yield


def mails(tenant: Tenant) -> list[OutgoingMail]:
    """Return every mail of a tenant, oldest first."""
    with tenant_scope(TenantId(tenant.pk)):
        return list(OutgoingMail.objects.order_by("created_at", "pk"))


def timers() -> list[str]:
    """Return the kinds of timers that conversations have set: no mails on their way, no reports."""
    of_conversations = ["csat_mail", "follow_up", "snooze_over"]
    return sorted(Timer.objects.filter(kind__in=of_conversations).values_list("kind", flat=True))


def be_here(*, tenant: Tenant, contact_id: UUID) -> None:
    """Let a contact have their page open, as a socket says it."""
    asyncio.run(_arrive(tenant, contact_id))


def operator_here(operator: Operator) -> None:
    """Let an operator have the inbox open, as a socket says it."""
    asyncio.run(_come(operator))


async def _come(operator: Operator) -> None:
    async with Redis.from_url(settings.REDIS_URL) as client:
        living = Living(TenantId(operator.tenant_id), "operator", operator.pk, "tab")
        await Presence(client).arrive(living)


def leave(*, tenant: Tenant, contact_id: UUID) -> None:
    """Let a contact close the page."""
    asyncio.run(_depart(tenant, contact_id))


def _tab(tenant: Tenant, contact_id: UUID) -> Living:
    return Living(TenantId(tenant.pk), "contact", contact_id, "tab")


async def _arrive(tenant: Tenant, contact_id: UUID) -> None:
    async with Redis.from_url(settings.REDIS_URL) as client:
        await Presence(client).arrive(_tab(tenant, contact_id))


async def _depart(tenant: Tenant, contact_id: UUID) -> None:
    async with Redis.from_url(settings.REDIS_URL) as client:
        await Presence(client).depart(_tab(tenant, contact_id))
