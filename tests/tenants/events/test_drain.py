"""Readers catch up soon after a commit, and nothing that was committed is ever missed."""

import time
from collections.abc import Iterator, Sequence

import psycopg
import pytest
import redis
from django.conf import settings

from tenants.events.broker import WAKE_KEY
from tenants.events.drain import drain, is_behind, wake, woken
from tenants.events.reader import READERS, Reader, StoredEvent, register
from tenants.scoping import TenantId
from tenants.tasks import drain_readers, sweep_readers
from tests.cast import Cast, begin
from tests.servers import superuser_url

pytestmark = pytest.mark.django_db(transaction=True)


class Noter(Reader):
    """Remembers what it was given; fails as long as it is told to."""

    name = "noter"
    types = ("message.created",)

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.fails = False

    def handle(self, events: Sequence[StoredEvent]) -> None:
        if self.fails:
            raise RuntimeError("told to fail")
        self.seen += [str(event.body["message"]["text"]) for event in events]  # type: ignore[index]


@pytest.fixture
def noter() -> Iterator[Noter]:
    made = Noter()
    register(made)
    yield made
    del READERS["noter"]


def soon() -> float:
    return time.monotonic() + 5


def settle(cast: Cast) -> None:
    """Drain until nothing is behind: other tests' transactions hold readers back."""
    until = time.monotonic() + 30
    while is_behind(TenantId(cast.acme.pk)) and time.monotonic() < until:
        drain(tenant_id=TenantId(cast.acme.pk), until=soon())
        time.sleep(0.01)


def test_a_commit_wakes_the_readers_of_its_tenant(cast: Cast, broker: redis.Redis) -> None:
    begin(cast.vera, "Hello")

    assert broker.smembers(WAKE_KEY) == {str(cast.acme.pk).encode()}
    assert list(woken(until=soon())) == [cast.acme.pk]
    assert list(woken(until=soon())) == []


def test_the_woken_tenant_is_folded_once(cast: Cast, noter: Noter) -> None:
    begin(cast.vera, "Hello", "Anybody?")

    drain_readers()
    settle(cast)
    drain_readers()

    assert noter.seen == ["Hello", "Anybody?"]


def test_a_tenant_is_looked_at_once_more_after_work_and_then_left_alone(
    cast: Cast, noter: Noter, broker: redis.Redis
) -> None:
    begin(cast.vera, "Hello")
    settle(cast)
    assert broker.smembers(WAKE_KEY) == {str(cast.acme.pk).encode()}

    drain_readers()

    assert (noter.seen, broker.smembers(WAKE_KEY)) == (["Hello"], set())


def test_what_an_emptied_broker_forgot_is_found_by_the_sweep(
    cast: Cast, noter: Noter, broker: redis.Redis
) -> None:
    begin(cast.vera, "Hello")
    broker.flushdb()
    drain_readers()
    assert noter.seen == []

    sweep_readers()
    settle(cast)

    assert noter.seen == ["Hello"]


def test_a_reader_that_fails_stops_no_other_and_catches_up_later(cast: Cast, noter: Noter) -> None:
    class Second(Noter):
        name = "second"

    second = Second()
    register(second)
    try:
        noter.fails = True
        begin(cast.vera, "Hello")
        until = time.monotonic() + 30
        while not second.seen and time.monotonic() < until:
            sweep_readers()
        noter.fails = False
        settle(cast)
    finally:
        del READERS["second"]

    assert (second.seen, noter.seen) == (["Hello"], ["Hello"])


def test_an_event_waits_for_an_older_transaction_and_is_not_forgotten(
    cast: Cast, noter: Noter, broker: redis.Redis
) -> None:
    with psycopg.connect(superuser_url()) as older:
        older.execute("SELECT pg_current_xact_id()")
        begin(cast.vera, "Hello")
        wake(TenantId(cast.acme.pk))
        drain_readers()
        assert noter.seen == []
        assert broker.smembers(WAKE_KEY) == {str(cast.acme.pk).encode()}
    settle(cast)

    assert noter.seen == ["Hello"]


def test_a_broker_that_is_away_is_no_error(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    away = redis.Redis.from_url("unix:///nowhere?db=0")
    monkeypatch.setattr("tenants.events.drain.broker", lambda: away)

    assert list(woken(until=soon())) == []
    wake(TenantId(cast.acme.pk))
    assert settings.REDIS_URL
