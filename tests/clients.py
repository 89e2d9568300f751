"""Where the clients of a test connect: at the site of the test process, or by turns there and at a second web process.

Visitors begin at the first place and operators at the second, so that the two sides of a talk are always apart; the
next of either kind goes to the other place, and a client that polls changes places with every request.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Client
from pathlib import Path

from django.conf import settings

from config.local.ports import free_port
from tests.house.web_processes import Web, running
from tests.steered import loopback, put

OPERATORS = "/ws/operator/"


class Places:
    """The origins of one test's clients."""

    def __init__(self) -> None:
        self._origins: list[str] = []
        self._come: Counter[bool] = Counter()

    def use(self, origins: list[str]) -> None:
        self._origins = origins
        self._come.clear()

    def turns(self, path: str) -> list[str]:
        """Return all origins, beginning with that of the next client at a path."""
        origins = self._origins or [settings.PARLEY_ORIGIN]
        is_operator = path.endswith(OPERATORS)
        first = (int(is_operator) + self._come[is_operator]) % len(origins)
        self._come[is_operator] += 1
        return [*origins[first:], *origins[:first]]

    def next(self, path: str) -> str:
        """Return the origin of the next client at a path."""
        return self.turns(path)[0]


places = Places()


class Second:
    """A second web process of the site, and the way to steer it."""

    def __init__(self, web: Web, steering: Path) -> None:
        self.web, self.steering = web, steering

    def put(self, place: str, value: object) -> object:
        """Give a constant another value; returns the earlier one."""
        with Client(str(self.steering)) as connection:
            connection.send((place, value))
            earlier: object = connection.recv()
        return earlier


@contextmanager
def second_web_process(home: Path) -> Iterator[Second]:
    """Run a web process of the same site: same database, broker, secret and public origin; another port."""
    port, steering = free_port(), home / "steering"
    environment = {"PARLEY_DB_POOL_SIZE": "4", "PARLEY_LOG_LEVEL": "ERROR"}
    words = ["tests.steered", loopback(port), str(port), str(steering)]
    with running(words, port=port, environment=environment) as web:
        yield Second(web, steering)


class Everywhere:
    """The constants of the product in every process of a test's site."""

    def __init__(self, second: Second | None) -> None:
        self._puts: list[Callable[[str, object], object]] = [put, *([second.put] if second else [])]
        self._undo: list[Callable[[], object]] = []

    def put(self, place: str, value: object) -> None:
        """Give ``place``, such as "tenants.websocket.HEARTBEAT_SECONDS", another value until the test ends."""
        for change in self._puts:
            self._undo.append(partial(change, place, change(place, value)))

    def restore(self) -> None:
        while self._undo:
            self._undo.pop()()
