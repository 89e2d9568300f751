"""Every test here that has clients runs twice: all of them at one web process, and spread over two."""

import pytest


@pytest.fixture
def site(site: str, clients: list[str]) -> str:
    """Origin of a running Parley. Clients find theirs by themselves: talk.py and polling.py ask ``places``."""
    return site
