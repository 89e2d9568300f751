"""The help of the widget: what is published, for every visitor of an inbox that is switched on."""

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from conversations.actions.manage_articles import remove_article
from conversations.actions.upload_article_image import upload_article_image
from conversations.inboxes.widget.config import panel_config
from conversations.models import Inbox
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, make_inbox
from tests.conversations.articles import an_article, fresh, write
from tests.conversations.inboxes.widget.asking import bearing, change


def listed(client: Client, inbox: Inbox, language: str = "en", **query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/widget/{inbox.key}/{language}/articles", query)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["articles"])


def test_a_list_has_few_fields_and_may_be_kept_by_caches(cast: Cast, client: Client) -> None:
    article = an_article(cast.acme, "Delivery", "In **two** days.")
    place = f"/widget/{cast.acme_widget.key}/en/articles"
    answer = client.get(place, headers={"Cookie": "sessionid=x"})
    assert answer.json() == {
        "mode": "contact_first",
        "articles": [
            {
                "id": str(article.pk),
                "language": "en",
                "title": "Delivery",
                "excerpt": "In two days.",
                "category": None,
            }
        ],
    }
    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert "Cookie" not in answer["Vary"]
    assert "Set-Cookie" not in answer
    again = client.get(place, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_article_is_told_as_nodes_and_counted(cast: Cast, client: Client) -> None:
    article = an_article(cast.acme, "Delivery", "In *two* days. <script>alert(1)</script>")
    place = f"/widget/{cast.acme_widget.key}/en/articles/{article.pk}"
    answer = client.get(place).json()
    assert answer["body"] == [
        {
            "type": "paragraph",
            "children": [
                {"type": "text", "text": "In "},
                {"type": "em", "children": [{"type": "text", "text": "two"}]},
                {"type": "text", "text": " days. <script>alert(1)</script>"},
            ],
        }
    ]
    assert (answer["title"], answer["language"], answer["direction"]) == ("Delivery", "en", "ltr")
    client.head(place)
    assert fresh(article).view_count == 1


def test_a_text_is_shown_in_the_panels_language_then_the_inboxs_then_any(cast: Cast, client: Client) -> None:
    change(cast.acme_widget, language="fa")
    article = an_article(cast.acme, "Delivery")
    assert [line["language"] for line in listed(client, cast.acme_widget, "lt")] == ["en"]
    write(cast.acme, article, "تحویل", "دو روز", language="fa")
    assert [line["title"] for line in listed(client, cast.acme_widget, "lt")] == ["تحویل"]
    write(cast.acme, article, "Pristatymas", "Dvi dienos", language="lt", is_published=False)
    assert [line["title"] for line in listed(client, cast.acme_widget, "lt")] == ["تحویل"]
    assert [line["title"] for line in listed(client, cast.acme_widget, "en")] == ["Delivery"]
    read = client.get(f"/widget/{cast.acme_widget.key}/lt/articles/{article.pk}").json()
    assert (read["language"], read["direction"]) == ("fa", "rtl")


def test_words_and_pages_narrow_the_list(cast: Cast, client: Client) -> None:
    an_article(cast.acme, "Paying by card", pages=("/checkout*",))
    an_article(cast.acme, "Gift cards", views=7)
    [first, _second] = listed(client, cast.acme_widget, url="https://shop.example/checkout/1")
    assert first["title"] == "Paying by card"
    assert [line["title"] for line in listed(client, cast.acme_widget, query="gift")] == ["Gift cards"]
    assert listed(client, cast.acme_widget, query="elephant") == []


def test_drafts_removed_and_foreign_articles_are_not_there(cast: Cast, client: Client) -> None:
    draft = an_article(cast.acme, "Draft", is_published=False)
    removed = an_article(cast.acme, "Removed")
    foreign = an_article(cast.globex, "Foreign")
    with tenant_scope(TenantId(cast.acme.pk)):
        remove_article(actor=cast.bob.actor, article_id=removed.pk)
    assert listed(client, cast.acme_widget) == []
    for article in (draft, removed, foreign):
        place = f"/widget/{cast.acme_widget.key}/en/articles/{article.pk}"
        assert client.get(place).status_code == 404
        voted = client.post(
            f"{place}/vote",
            {"is_helpful": True},
            content_type="application/json",
            headers=bearing(cast.vera.token),
        )
        assert voted.status_code == 404
    assert fresh(foreign).view_count == 0
    assert [line["title"] for line in listed(client, cast.globex_widget)] == ["Foreign"]


def test_a_disabled_inbox_an_unknown_key_and_a_language_not_on_offer_have_no_help(
    cast: Cast, client: Client
) -> None:
    article = an_article(cast.acme)
    second = make_inbox(cast.acme, name="Second")
    change(second, settings={"languages": ["en", "lt"], "help_mode": "help_only"})
    change(cast.acme_widget, is_enabled=False)
    key = cast.acme_widget.key
    for path in (f"{key}/en", "nobody/en", f"{second.key}/fa", f"{second.key}/de"):
        assert client.get(f"/widget/{path}/articles").status_code == 404
        assert client.get(f"/widget/{path}/articles/{article.pk}").status_code == 404
    answer = client.get(f"/widget/{second.key}/lt/articles").json()
    assert (answer["mode"], len(answer["articles"])) == ("help_only", 1)


@pytest.mark.parametrize("mode", ["help_first", "equal", "contact_first", "help_only"])
def test_the_panel_is_told_a_help_mode_that_is_not_the_usual(cast: Cast, mode: str) -> None:
    change(cast.acme_widget, settings={"help_mode": mode})
    with tenant_scope(TenantId(cast.acme.pk)):
        config = panel_config(cast.acme_widget, language="en", mode="frame")
    assert config.get("help_mode", "contact_first") == mode
    assert ("help_mode" in config) == (mode != "contact_first")


def test_many_questions_at_once_are_slowed_down(cast: Cast, client: Client) -> None:
    place = f"/widget/{cast.acme_widget.key}/en/articles"
    assert client.get(place).status_code == 200
    assert 429 in {client.get("/widget/nobody/en/articles").status_code for _ in range(400)}


def test_a_picture_is_served_through_its_signed_link_alone(cast: Cast, client: Client) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "PNG")
    images = []
    for tenant in (cast.acme, cast.globex):
        with tenant_scope(TenantId(tenant.pk)):
            actor = system_actor(TenantId(tenant.pk))
            images.append(upload_article_image(actor=actor, name="cup.png", content=out.getvalue()))
    own, foreign = images
    article = an_article(cast.acme, "Cups", f"![blue](image:{own.pk}) ![theirs](image:{foreign.pk})")
    [paragraph] = client.get(f"/widget/{cast.acme_widget.key}/en/articles/{article.pk}").json()["body"]
    [shown, words] = paragraph["children"]
    assert (shown["type"], shown["text"], shown["width"], shown["height"]) == ("image", "blue", 8, 6)
    assert words == {"type": "text", "text": " theirs"}
    answer = client.get(shown["src"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    signature = shown["src"].partition("?s=")[2]
    assert client.get(f"/files/articles/{own.pk}").status_code == 404
    assert client.get(f"/files/articles/{foreign.pk}?s={signature}").status_code == 404
    assert client.get(f"/files/{own.pk}?s={signature}").status_code == 404
