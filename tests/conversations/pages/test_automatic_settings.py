"""The page where one says what an inbox says by itself."""

from typing import Any

from django.test import Client

from conversations.automatic_settings import DEFAULT
from conversations.inbox_settings import with_defaults
from conversations.models import Inbox
from tests.cast import Cast
from tests.operators.scenes import audited, logged_in, nothing_changes, within

SENT = {
    "away_is_on": "on",
    "away_fa": "اکنون کسی نیست.",
    "waiting_is_on": "on",
    "waiting_0_seconds": "20",
    "waiting_0_en": "Hold on.",
    "waiting_1_seconds": "",
    "waiting_1_en": "Without a moment it is not kept.",
    "waiting_2_seconds": "90",
    "ask": "4",
    "warn": "8",
    "close": "12",
    "days": "3",
}


def page_of(cast: Cast) -> str:
    return f"/settings/inboxes/{cast.acme_widget.pk}/automatic/"


def kept(cast: Cast) -> dict[str, Any]:
    with within(cast.acme):
        automatic: dict[str, Any] = with_defaults(Inbox.objects.get(pk=cast.acme_widget.pk).settings)[
            "automatic"
        ]
        return automatic


def test_what_is_sent_is_kept_and_shown_again(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    assert kept(cast) == DEFAULT
    assert client.post(page_of(cast), SENT).status_code == 302
    assert kept(cast) == {
        "away": {"is_on": True, "texts": {"fa": "اکنون کسی نیست."}},
        "busy": {"is_on": False, "texts": {}},
        "waiting": {
            "is_on": True,
            "steps": [{"seconds": 20, "texts": {"en": "Hold on."}}, {"seconds": 90, "texts": {}}],
        },
        "silence": {
            "is_on": False,
            "ask": 4,
            "warn": 8,
            "close": 12,
            "days": 3,
            "skip_tags": [],
            "texts": {"ask": {}, "warn": {}, "close": {}},
        },
    }
    assert audited(cast.acme) == [("Bob", "inbox.changed")]
    form = client.get(page_of(cast)).context["form"]
    shown = {
        name: form[name].value() for name in ("away_is_on", "away_fa", "waiting_1_seconds", "ask", "days")
    }
    assert shown == {
        "away_is_on": True, "away_fa": "اکنون کسی نیست.", "waiting_1_seconds": 90, "ask": 4, "days": 3,
    }  # fmt: skip


def test_the_standard_texts_are_shown_in_their_languages(cast: Cast, client: Client) -> None:
    page = logged_in(client, cast.bob).get(page_of(cast)).content.decode()
    for language in ("en", "ar", "fa", "lt"):
        assert f'lang="{language}"' in page
    assert "Thank you for waiting. Somebody will be with you in a moment." in page
    assert "Dėkojame, kad laukiate." in page


def test_a_wrong_order_changes_nothing_and_loses_nothing(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    with nothing_changes(cast.acme):
        page = client.post(page_of(cast), {**SENT, "warn": "2", "waiting_2_seconds": "20"})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"warn", "waiting_2_seconds"})
    assert "The question comes first, then the warning, then the end." in page.content.decode()
    assert page.context["form"]["waiting_0_en"].value() == "Hold on."


def test_a_number_out_of_bounds_is_refused_at_its_field(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    with nothing_changes(cast.acme):
        page = client.post(page_of(cast), {**SENT, "close": "9999", "waiting_0_seconds": "1"})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"close", "waiting_0_seconds"})
