"""What caches may keep of the widget: one copy for everybody, through every layer of the site."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from conversations.inboxes.widget.bundle import bundle
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def addresses(cast: Cast) -> list[str]:
    key = cast.acme_widget.key
    return [f"/widget.js?inbox={key}", f"/widget/{key}/fa/", f"/widget/more/{bundle().version}.js"]


def fetched(client: Client, address: str, **headers: str) -> Any:
    return client.get(address, headers={"Accept-Encoding": "br", **headers})


def an_operators_browser(cast: Cast) -> Client:
    """An operator who looks at their own shop: the same browser carries the cookies of the inbox."""
    client = Client()
    client.force_login(cast.alice.user)
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "lt", settings.CSRF_COOKIE_NAME: "x" * 32})
    return client


def test_everybody_gets_the_same_answer_which_varies_by_packing_alone(cast: Cast, client: Client) -> None:
    operator = an_operators_browser(cast)
    for address in addresses(cast):
        plain = fetched(client, address)
        known = fetched(operator, address, **{"Accept-Language": "ar"})
        assert (plain["Vary"], known["Vary"]) == ("Accept-Encoding", "Accept-Encoding"), address
        assert (plain.content, plain["ETag"]) == (known.content, known["ETag"]), address
        assert plain["Cache-Control"].startswith("public, max-age="), address


def test_no_answer_of_the_widget_sets_a_cookie(cast: Cast, client: Client) -> None:
    operator = an_operators_browser(cast)
    for address in addresses(cast):
        assert "Set-Cookie" not in fetched(client, address).headers
        response = fetched(operator, address)
        assert response.cookies == {}, address


def test_who_has_it_already_gets_headers_alone(cast: Cast, client: Client) -> None:
    for address in addresses(cast):
        first = fetched(client, address)
        again = fetched(client, address, **{"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        kept = ("ETag", "Cache-Control", "Vary")
        assert [again[name] for name in kept] == [first[name] for name in kept], address


def test_the_panel_says_its_own_language_not_the_readers(cast: Cast, client: Client) -> None:
    loader, panel, more = (
        fetched(client, address, **{"Accept-Language": "lt"}) for address in addresses(cast)
    )
    assert [loader.get("Content-Language"), panel["Content-Language"], more.get("Content-Language")] == [
        None,
        "fa",
        None,
    ]


def test_every_packing_has_its_own_tag(cast: Cast, client: Client) -> None:
    packings = ["br", "gzip", "identity"]
    found = [client.get(addresses(cast)[0], headers={"Accept-Encoding": packing}) for packing in packings]
    assert [response.get("Content-Encoding") for response in found] == ["br", "gzip", None]
    assert len({response["ETag"] for response in found}) == 3
