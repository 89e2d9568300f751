"""The panel's document: one piece, small, and allowed to do nothing it does not need."""

import base64
import hashlib
import json
import re

import pytest
from django.conf import settings
from django.test import Client

from conversations.inboxes.widget.bundle import bundle
from tests.cast import Cast
from tests.conversations.inboxes.widget.asking import change

LANGUAGES = ["en", "ar", "fa", "lt"]


def path_of(cast: Cast, language: str = "en") -> str:
    return f"/widget/{cast.acme_widget.key}/{language}/"


def directives(policy: str) -> dict[str, str]:
    return {name: value for name, _, value in (part.partition(" ") for part in policy.split("; "))}


def test_only_its_own_script_and_style_may_run(cast: Cast, client: Client) -> None:
    response = client.get(path_of(cast))
    html = response.content.decode()
    script = re.findall(r'<script type="module">(.*?)</script>', html, re.DOTALL)[0]
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)[0]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script, style)]
    origin = settings.PARLEY_WIDGET_ORIGIN
    assert directives(response["Content-Security-Policy"]) == {
        "default-src": "'none'",
        "script-src": f"'sha256-{hashes[0]}' {origin}/widget/more/",
        "style-src": f"'sha256-{hashes[1]}'",
        "connect-src": f"'self' {origin.replace('http', 'ws', 1)}",
        "img-src": "'self' data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "*",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_only_the_sites_of_the_inbox_may_frame_it(cast: Cast, client: Client) -> None:
    change(cast.acme_widget, allowed_domains=["shop.example", "*.acme.example"])
    response = client.get(path_of(cast))
    assert directives(response["Content-Security-Policy"])["frame-ancestors"] == (
        f"'self' {settings.PARLEY_ORIGIN} https://shop.example http://shop.example"
        " https://*.acme.example http://*.acme.example"
    )
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("lt", "ltr")]
)
def test_it_says_its_language_and_direction(
    cast: Cast, client: Client, language: str, direction: str
) -> None:
    html = client.get(path_of(cast, language)).content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in html


def test_a_language_the_inbox_does_not_speak_is_not_found(cast: Cast, client: Client) -> None:
    change(cast.acme_widget, settings={"languages": ["lt"]})
    assert [client.get(path_of(cast, code)).status_code for code in ("en", "lt", "fa", "xx")] == [
        200,
        200,
        404,
        404,
    ]


def test_nothing_an_inbox_says_can_end_the_script_around_it(cast: Cast, client: Client) -> None:
    evil = "</script><script>alert(1)</script>\u2028"
    change(cast.acme_widget, settings={"greetings": {"en": evil}, "title": {"en": evil}})
    html = client.get(path_of(cast)).content.decode()
    assert html.count("</script>") == 2
    config = json.loads(re.findall(r'id="config">(.*?)</script>', html)[0])
    assert (config["greeting"], config["title"]) == (evil, evil)


def test_it_sets_no_cookie(cast: Cast, client: Client) -> None:
    assert client.get(path_of(cast)).cookies == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_document_is_at_most_fourteen_kilobytes(cast: Cast, client: Client, language: str) -> None:
    response = client.get(path_of(cast, language), headers={"Accept-Encoding": "br"})
    assert response["Content-Encoding"] == "br"
    assert len(response.content) <= 14 * 1024


def test_its_second_half_is_at_most_eight_kilobytes_and_kept_for_ever(client: Client) -> None:
    response = client.get(f"/widget/more/{bundle().version}.js", headers={"Accept-Encoding": "br"})
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(response.content) <= 8 * 1024


def test_what_shows_the_home_is_at_most_eight_kilobytes_and_lies_beside_the_second_half(
    client: Client,
) -> None:
    response = client.get(f"/widget/more/{bundle().version}.screens.js", headers={"Accept-Encoding": "br"})
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(response.content) <= 8 * 1024
    old = client.get("/widget/more/0123456789abcdef.screens.js")
    assert (old.content.decode(), old["Cache-Control"]) == (bundle().screens, "no-store")


@pytest.mark.parametrize(
    ("mode", "steps"),
    [("contact_first", (None, 1)), ("equal", (None, 2)), ("help_first", (None, 2)), ("help_only", (2, 2))],
)
def test_it_says_where_the_home_stands_when_there_is_something_to_show(
    cast: Cast, client: Client, mode: str, steps: tuple[int | None, int]
) -> None:
    found = []
    for more in ({}, {"announcement": {"en": "News"}}):
        change(cast.acme_widget, settings={"help_mode": mode, **more})
        html = client.get(path_of(cast)).content.decode()
        found.append(json.loads(re.findall(r'id="config">(.*?)</script>', html)[0]).get("home"))
    assert tuple(found) == steps
    change(cast.acme_widget, settings={"links": {"fa": [{"title": "چای", "url": "https://shop.example/"}]}})
    persian, english = (client.get(path_of(cast, code)).content.decode() for code in ("fa", "en"))
    assert ('"home":1' in persian, '"home"' in english) == (True, False)


def test_what_it_fetches_where_sockets_are_blocked_is_small_and_lies_beside_it(client: Client) -> None:
    assert "import(`./poll.js`)" in bundle().more
    response = client.get("/widget/more/poll.js", headers={"Accept-Encoding": "br"})
    assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=300")
    assert len(response.content) <= 2 * 1024


def test_an_old_address_of_the_second_half_gets_the_new_one_unkept(client: Client) -> None:
    response = client.get("/widget/more/0123456789abcdef.js")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("path", ["/widget/no-such-key/en/", "/c/no-such-key"])
def test_an_unknown_key_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
