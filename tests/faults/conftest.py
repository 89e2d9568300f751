"""The stage of the fault tests."""

from collections.abc import Iterator

import pytest

from tests.faults.stage import Stage
from tests.mail_server import MailServer, mail_server


@pytest.fixture
def post() -> Iterator[MailServer]:
    """A real SMTP server for the stage's worker."""
    with mail_server() as server:
        yield server


@pytest.fixture
def stage(test_servers: None, post: MailServer) -> Iterator[Stage]:
    """A broker of its own, running; the test starts what else it needs."""
    made = Stage(mail_port=post.port)
    try:
        made.broker.start()
        yield made
        # Shown by pytest when the test failed.
        print(made.logs())  # noqa: T201
    finally:
        made.close()
