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
from tests.clients import Everywhere, Second, places, second_web_process
from tests.network import block_outbound
from tests.site import running_site

ONE, TWO = "one process", "two processes"
BROKER_FIXTURES = {"db", "transactional_db", "broker", "site"}


def pytest_configure(config: pytest.Config) -> None:
    block_outbound()


def pytest_unconfigure(config: pytest.Config) -> None:
    # Each process has servers of its own; pytest itself starts none when it has workers.
    throwaway.stop(PLACES)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for ``second_process`` with it and without it; all without it first, when nobody else is there."""
    if "second_process" in metafunc.fixturenames:
        alone = metafunc.definition.get_closest_marker("one_process")
        metafunc.parametrize("second_process", [ONE] if alone else [ONE, TWO], indirect=True, scope="session")


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


@pytest.fixture(scope="session")
def started_second_process(
    running_site_origin: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Second]:
    """A second web process of this worker's site, there for all tests that want it."""
    with second_web_process(tmp_path_factory.mktemp("second")) as second:
        yield second


@pytest.fixture(scope="session")
def second_process(request: pytest.FixtureRequest) -> Second | None:
    """The second process, or None."""
    found: Second | None = request.getfixturevalue("started_second_process") if request.param == TWO else None
    return found


@pytest.fixture
def clients(
    second_process: Second | None, running_site_origin: str, transactional_db: None
) -> Iterator[list[str]]:
    """Origins over which the clients of a test are spread: the site's alone, and in a second run both processes'."""
    origins = [running_site_origin, *([second_process.web.origin] if second_process else [])]
    places.use(origins)
    yield origins
    places.use([])


@pytest.fixture
def everywhere(second_process: Second | None) -> Iterator[Everywhere]:
    """Changes constants of the product until the test ends, in every process its clients are at."""
    constants = Everywhere(second_process)
    yield constants
    constants.restore()


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
