"""The chat as a page of its own."""

import json
import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conversations.inboxes.widget.asking import change


def test_it_is_the_panel_as_a_page_that_nobody_frames_or_keeps(cast: Cast, client: Client) -> None:
    response = client.get(f"/c/{cast.acme_widget.key}?t=secret")
    config = json.loads(re.findall(r'id="config">(.*?)</script>', response.content.decode())[0])
    assert (config["mode"], config["key"]) == ("page", cast.acme_widget.key)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "fa-IR,fa;q=0.9,en;q=0.5", "fa"),
        ("?language=lt", "fa", "lt"),
        ("", "de,fr;q=0.5", "en"),
        ("", "", "en"),
        ("?language=../../x", "lt-LT", "lt"),
    ],
)
def test_it_speaks_the_language_asked_for_or_the_browsers_or_its_own(
    cast: Cast, client: Client, query: str, accepted: str, language: str
) -> None:
    response = client.get(f"/c/{cast.acme_widget.key}{query}", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}"' in response.content.decode()


def test_it_speaks_no_language_that_the_inbox_does_not(cast: Cast, client: Client) -> None:
    change(cast.acme_widget, language="lt", settings={"languages": ["lt", "en"]})
    response = client.get(f"/c/{cast.acme_widget.key}", headers={"Accept-Language": "fa"})
    assert '<html lang="lt"' in response.content.decode()
