"""Somebody else's site, and visitors on it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.widget.visiting import Widget, be_online, shop_page
from tests.cast import Cast, make_cast
from tests.host_site import HostSite, host_site

Visit = Callable[..., Widget]


@pytest.fixture
def cast(site: str, transactional_db: None) -> Cast:
    """The cast, seen by the running site. Alice is at the inbox."""
    made = make_cast()
    be_online(made.alice)
    return made


@pytest.fixture
def host() -> Iterator[HostSite]:
    with host_site() as served:
        yield served


@pytest.fixture
def visit(cast: Cast, host: HostSite, open_page: OpenPage) -> Visit:
    """Return a function that opens a shop's page in a new browser profile; ``.open()`` opens the widget on it.

    ``visit(page={"head": ...}, headers={...}, viewport=...)``: ``page`` goes to shop_page, ``headers`` are the site's.
    """

    def go(
        *, page: dict[str, str] | None = None, headers: dict[str, str] | None = None, **options: Any
    ) -> Widget:
        address = host.add("/", shop_page(cast.acme_widget, **(page or {})), headers=headers)
        return Widget(open_page(address, **options))

    return go
