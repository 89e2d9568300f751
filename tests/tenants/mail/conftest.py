"""A mail server for the tests of this folder."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.mail_server import MailServer, mail_server


@pytest.fixture
def post(settings: Settings) -> Iterator[MailServer]:
    """A real SMTP server that Parley sends through."""
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", server.port
        yield server
