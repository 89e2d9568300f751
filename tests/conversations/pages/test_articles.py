"""The settings pages of articles: writing them in several languages at once, losing nothing, undoing a removal."""

from typing import Any

import pytest
from django.test import Client

from conversations.models import Article, ArticleText
from tests.cast import Cast
from tests.conversations.articles import an_article, fresh, write
from tests.operators.scenes import audited, logged_in, nothing_changes, within

FORM: dict[str, Any] = {
    "category": "",
    "order": "2",
    "pages": "/delivery*\r\nhttps://shop.example/Cart?x=1",
    "language": "lt",
    "title_en": "Delivery",
    "body_en": "In **two** days.",
    "published_en": "on",
    "title_lt": "Pristatymas",
    "body_lt": "Per dvi dienas.",
}


def texts(cast: Cast) -> list[tuple[str, str, bool]]:
    with within(cast.acme):
        rows = ArticleText.objects.order_by("language")
        return list(rows.values_list("language", "title", "is_published"))


def test_an_article_is_written_in_two_languages_and_one_is_published(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    answer = client.post("/settings/articles/new/", FORM)
    with within(cast.acme):
        article = Article.objects.get()
    assert answer["Location"] == f"/settings/articles/{article.pk}/?language=lt"
    assert (article.order, article.pages) == (2, ["/delivery*", "shop.example/cart"])
    assert texts(cast) == [("en", "Delivery", True), ("lt", "Pristatymas", False)]
    page = client.get(answer["Location"])
    assert (page.context["active"], page.context["form"]["title_lt"].value()) == ("lt", "Pristatymas")
    assert audited(cast.acme) == [
        ("Bob", "article.created"),
        ("Bob", "article.text_changed"),
        ("Bob", "article.published"),
        ("Bob", "article.text_changed"),
    ]


def test_a_language_is_taken_back_and_another_is_removed_by_emptying_it(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    article = an_article(cast.acme)
    write(cast.acme, article, "Pristatymas", "Per dvi dienas.", language="lt")
    form = {"order": "0", "title_en": "Delivery", "body_en": "In two days."}
    assert client.post(f"/settings/articles/{article.pk}/", form).status_code == 302
    assert texts(cast) == [("en", "Delivery", False)]


@pytest.mark.parametrize(
    ("changes", "field", "tab"),
    [
        ({"title_lt": ""}, "title_lt", "lt"),
        ({"title_fa": "", "body_fa": "متن"}, "title_fa", "fa"),
        ({"body_en": ""}, "body_en", "en"),
        ({"title_lt": "x" * 151}, "title_lt", "lt"),
        ({"slug_lt": "?!"}, "slug_lt", "lt"),
        ({"slug_en": "taken"}, "slug_en", "en"),
        ({"pages": "\n".join(f"/{number}" for number in range(21))}, "pages", "lt"),
        ({"order": "many"}, "order", "lt"),
        ({"category": "01a20c4e-8f00-7000-8000-00000000000a"}, "category", "lt"),
    ],
)
def test_what_is_wrong_is_said_in_its_language_and_nothing_is_lost(
    cast: Cast, client: Client, changes: dict[str, str], field: str, tab: str
) -> None:
    logged_in(client, cast.bob)
    an_article(cast.acme, "Taken")
    before = texts(cast)
    with nothing_changes(cast.acme):
        page = client.post("/settings/articles/new/", {**FORM, **changes})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert page.context["active"] == tab
    assert "Per dvi dienas." in page.content.decode()
    assert texts(cast) == before
    with within(cast.acme):
        assert Article.objects.count() == 1


def test_an_empty_form_asks_for_a_title(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    page = client.post("/settings/articles/new/", {"order": "0"})
    assert page.context["form"].non_field_errors() == ["Write a title in at least one language."]


def test_a_removed_article_is_brought_back_by_one_press(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    article = an_article(cast.acme)
    answer = client.post(f"/settings/articles/{article.pk}/delete/")
    page = client.get(answer["Location"])
    assert page.context["removed"]["title"] == "Delivery"
    assert page.context["rows"] == []
    assert client.get(f"/settings/articles/{article.pk}/").status_code == 404
    client.post(f"/settings/articles/{article.pk}/restore/")
    assert fresh(article).removed_at is None
    assert client.get(answer["Location"]).context["removed"] is None


def test_the_list_says_what_is_missing_and_is_narrowed(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    delivery = an_article(cast.acme, "Delivery", "Two days", views=12)
    write(cast.acme, delivery, "Pristatymas", "Dvi dienos", language="lt", is_published=False)
    an_article(cast.acme, "Gift cards", is_published=False)

    def titles(**query: str) -> list[str]:
        return [row.text.title for row in client.get("/settings/articles/", query).context["rows"]]

    assert sorted(titles()) == ["Delivery", "Gift cards"]
    assert titles(q="dienos") == ["Delivery"]
    assert titles(state="published") == ["Delivery"]
    assert titles(state="without-lt") == ["Gift cards"]
    assert sorted(titles(state="draft")) == ["Delivery", "Gift cards"]
    assert titles(q="elephant") == []
    [row] = client.get("/settings/articles/", {"q": "delivery"}).context["rows"]
    assert row.missing == ["العربية", "فارسی"]
    assert "12 views" in client.get("/settings/articles/", {"q": "delivery"}).content.decode()


def test_an_empty_list_says_what_articles_are_good_for(cast: Cast, client: Client) -> None:
    page = logged_in(client, cast.bob).get("/settings/articles/").content.decode()
    assert "No articles yet" in page
    assert "Write an article" in page


def test_operators_write_nothing_and_mallory_finds_nothing(cast: Cast, client: Client) -> None:
    article = an_article(cast.acme)
    logged_in(client, cast.alice)
    with nothing_changes(cast.acme):
        assert client.post("/settings/articles/new/", FORM).status_code == 403
        assert client.post(f"/settings/articles/{article.pk}/delete/").status_code == 403
    with within(cast.globex):
        cast.mallory.role = "owner"
        cast.mallory.save()
    mallory = logged_in(Client(), cast.mallory)
    assert mallory.get("/settings/articles/").context["rows"] == []
    assert mallory.get(f"/settings/articles/?removed={article.pk}").context["removed"] is None
    with nothing_changes(cast.acme):
        for path in ("", "delete/", "restore/"):
            assert mallory.post(f"/settings/articles/{article.pk}/{path}", FORM).status_code == 404
    assert texts(cast) == [("en", "Delivery", True)]
