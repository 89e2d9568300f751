"""What every test may use: the database, the broker, and a whole running site."""

from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from config.local import throwaway
from config.settings.test import PLACES
from tests import servers
from tests.cast import Cast, make_cast
from tests.network import block_outbound
from tests.site import running_site

BROKER_FIXTURES = {"db", "transactional_db", "broker", "site"}


def pytest_configure(config: pytest.Config) -> None:
    block_outbound()


def pytest_unconfigure(config: pytest.Config) -> None:
    # Each process has servers of its own; pytest itself starts none when it has workers.
    throwaway.stop(PLACES)


@pytest.fixture(scope="session")
def test_servers(django_db_blocker: DjangoDbBlocker) -> None:
    """PostgreSQL and Valkey of this run, with this worker's database."""
    with django_db_blocker.unblock():
        servers.make_ready()


@pytest.fixture(scope="session")
def django_db_setup(test_servers: None) -> None:
    """Stands in for pytest-django's: the database exists and is migrated; we log in as the application's role."""
    # pytest-django ends a transactional test by flushing, which needs rights the application's role must not have.
    setattr(TransactionTestCase, "_fixture_teardown", lambda case: servers.empty_tables())  # noqa: B010  not in the stubs


@pytest.fixture(scope="session")
def running_site_origin(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The site of this worker; tests take ``site``."""
    with django_db_blocker.unblock(), running_site() as origin:
        yield origin


@pytest.fixture
def site(running_site_origin: str, transactional_db: None) -> str:
    """Origin of a running Parley, http://localhost:PORT: pages, API, static files and sockets.

    What the test writes is committed, and so seen by the site; it is emptied afterwards.
    """
    return running_site_origin


@pytest.fixture
def broker(test_servers: None) -> Iterator[redis.Redis]:
    """This worker's own Valkey database, empty before and after."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture(autouse=True)
def _nothing_left_in_the_broker(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empties the broker after every test that had a database: presence, limits and caches live there."""
    yield
    if BROKER_FIXTURES & set(request.fixturenames):
        with redis.Redis.from_url(settings.REDIS_URL) as client:
            client.flushdb()


@pytest.fixture
def cast(db: None) -> Cast:
    """Acme with Alice, Bob and Vera; Globex with Mallory."""
    return make_cast()
