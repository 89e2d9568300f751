"""The stage of the fault tests."""

import os
import shutil
import time
from collections.abc import Iterator

import pytest

from config.local.places import Places
from config.local.valkey import Valkey
from config.settings.test import PLACES
from tests.faults.stage import Stage
from tests.mail_server import MailServer, mail_server


@pytest.fixture
def post() -> Iterator[MailServer]:
    """A real SMTP server for the stage's worker."""
    with mail_server() as server:
        yield server


@pytest.fixture
def stage(test_servers: None, post: MailServer) -> Iterator[Stage]:
    """A broker of its own, running; the test starts what else it needs, on the tests' database."""
    home = PLACES.home / f"faults-{os.getpid()}-{time.monotonic_ns()}"
    home.mkdir(mode=0o711)
    broker = Valkey(Places(home), is_throwaway=True)
    made = Stage(home=home, broker=broker, mail_port=post.port, webs=2)
    try:
        broker.start()
        yield made
        # Shown by pytest when the test failed.
        print(made.logs())  # noqa: T201
    finally:
        made.close()
        broker.stop()
        shutil.rmtree(home, ignore_errors=True)
