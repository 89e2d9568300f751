"""The demo shop: a page of somebody else's that carries the demo tenant's widget."""

import pytest
from django.conf import settings
from django.test import Client

from tenants.actions.create_tenant import create_tenant
from tests.cast import Cast, make_inbox


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("lt", "ltr")]
)
def test_it_carries_the_demo_tenants_widget_in_each_language(
    cast: Cast, client: Client, language: str, direction: str
) -> None:
    inbox = make_inbox(create_tenant(name="Demo shop", is_demo=True))
    html = client.get(f"/demo/{language}/").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert (
        f'src="{settings.PARLEY_WIDGET_ORIGIN}/widget.js?inbox={inbox.key}" data-language="{language}"'
        in html
    )


def test_without_a_demo_tenant_there_is_no_shop(cast: Cast, client: Client) -> None:
    assert client.get("/demo/en/").status_code == 404


def test_an_unknown_language_leads_to_the_english_shop(cast: Cast, client: Client) -> None:
    make_inbox(create_tenant(name="Demo shop", is_demo=True))
    assert client.get("/demo/de/")["Location"] == "/demo/en/"
