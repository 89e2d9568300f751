"""Articles are found in any language and keyboard, the best first, and only those of the tenant."""

import pytest
from django.db import connection

from conversations.article_pages import checked_pages, matches
from conversations.article_search import search_articles, suggest_articles
from conversations.articles import language_order, lines_of
from tenants.errors import BadRequest
from tenants.models import Tenant
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast
from tests.conversations.articles import an_article, write

pytestmark = pytest.mark.django_db


def found(tenant: Tenant, query: str = "", *, url: str = "", language: str = "en") -> list[str]:
    with tenant_scope(TenantId(tenant.pk)):
        articles = suggest_articles(query=query, url=url, language=language)
        return [line["title"] for line in lines_of(articles, language_order(language, "en"))]


@pytest.mark.parametrize(
    ("language", "title", "body", "query"),
    [
        ("en", "Sending it back", "You have **30 days** to return it.", "RETURN 30"),
        ("fa", "پیگیری سفارش", "می‌توانید بستهٔ خود را دنبال کنید. ۱۲ روز", "سفارش"),
        ("fa", "كتاب", "يك", "کتاب یک"),
        ("ar", "إرجاع الطلب", "خلال ٣٠ يومًا", "ارجاع 30"),
        ("lt", "Grąžinimas", "Siuntą grąžinti per 30 dienų.", "siunta grazinti"),
        ("en", "100% cotton_wool", "soft", "0% cotton_"),
    ],
)
def test_words_are_found_however_they_are_typed(
    cast: Cast, language: str, title: str, body: str, query: str
) -> None:
    an_article(cast.acme, title, body, language=language)
    an_article(cast.acme, "Something else", "Quite different.")
    assert found(cast.acme, query, language=language) == [title]


def test_a_title_counts_before_a_body_then_what_is_read_most(cast: Cast) -> None:
    an_article(cast.acme, "Opening hours", "Where to return a cup.", views=900)
    an_article(cast.acme, "Return a cup", "Free of charge.", views=3)
    an_article(cast.acme, "Broken", "Return a cup.", views=901)
    assert found(cast.acme, "return cup") == ["Return a cup", "Broken", "Opening hours"]


def test_a_sentence_finds_what_holds_half_of_its_telling_words(cast: Cast) -> None:
    an_article(cast.acme, "Where is my order?", "Look into the mail with the number.")
    an_article(cast.acme, "Gift cards", "For any amount.")
    an_article(cast.acme, "Kur mano siunta?", "Siuntos numeris yra laiške.", language="lt")
    assert found(cast.acme, "hello, my order number please?") == ["Where is my order?"]
    assert found(cast.acme, "nerandu siuntų") == ["Kur mano siunta?"]
    assert found(cast.acme, "an elephant in the garden") == []


def test_words_too_short_for_the_index_are_found_in_titles(cast: Cast) -> None:
    an_article(cast.acme, "چی بخریم؟", "چای", language="fa")
    an_article(cast.acme, "Tea", "It is up to you.")
    an_article(cast.acme, "Up and away", "Balloons.", is_published=False)
    assert found(cast.acme, "چی", language="fa") == ["چی بخریم؟"]
    assert found(cast.acme, "up") == []


def test_wildcards_are_letters_and_an_empty_query_finds_nothing(cast: Cast) -> None:
    an_article(cast.acme)
    with tenant_scope(TenantId(cast.acme.pk)):
        assert search_articles(query="%") == []
        assert search_articles(query="deliv_ry") == []
        assert search_articles(query="  ") == []


def test_one_article_is_found_once_and_shown_in_the_readers_language(cast: Cast) -> None:
    article = an_article(cast.acme, "Delivery of tea", "Two days.")
    write(cast.acme, article, "تحویل چای (delivery)", "دو روز", language="fa")
    assert found(cast.acme, "delivery", language="fa") == ["تحویل چای (delivery)"]
    assert found(cast.acme, "delivery", language="lt") == ["Delivery of tea"]
    assert found(cast.acme, "چای", language="en") == ["Delivery of tea"]


def test_drafts_and_removed_articles_are_not_found(cast: Cast) -> None:
    an_article(cast.acme, "Delivery draft", is_published=False)
    an_article(cast.acme, "Delivery")
    assert found(cast.acme, "delivery") == ["Delivery"]
    with tenant_scope(TenantId(cast.acme.pk)):
        assert len(search_articles(query="delivery", is_published=False)) == 2


def test_without_words_the_page_comes_first_then_what_is_read_most(cast: Cast) -> None:
    an_article(cast.acme, "Popular", views=50)
    an_article(cast.acme, "Checkout", pages=("/checkout*",), views=1)
    an_article(cast.acme, "Quiet")
    assert found(cast.acme, url="https://shop.example/checkout/pay") == ["Checkout", "Popular", "Quiet"]
    assert found(cast.acme, url="https://shop.example/") == ["Popular", "Checkout", "Quiet"]
    assert found(cast.acme) == ["Popular", "Checkout", "Quiet"]


def test_of_what_holds_the_words_that_of_the_page_comes_first(cast: Cast) -> None:
    an_article(cast.acme, "Pay", "by card", views=10)
    an_article(cast.acme, "Pay later", "by invoice", pages=("/business",))
    assert found(cast.acme, "pay", url="https://shop.example/business/") == ["Pay later", "Pay"]
    assert found(cast.acme, "invoice", url="https://shop.example/") == ["Pay later"]


def test_another_tenant_finds_nothing(cast: Cast) -> None:
    an_article(cast.acme, "Secret plans", "words", pages=("/*",), views=9)
    assert found(cast.globex, "secret", url="https://shop.example/") == []
    assert found(cast.globex, url="https://shop.example/") == []


def test_the_search_function_runs_past_row_level_security_and_knows_its_tenant(cast: Cast) -> None:
    an_article(cast.acme, "Delivery")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosecdef, proowner::regrole::text FROM pg_proc WHERE proname = 'search_articles'"
        )
        assert cursor.fetchone() == (True, "parley_search")
        cursor.execute("SELECT * FROM search_articles(ARRAY['delivery'], 1, 'en', false, 10)")
        assert cursor.fetchall() == []  # no scope, no rows


@pytest.mark.parametrize(
    ("pattern", "url", "is_match"),
    [
        ("/delivery", "https://shop.example/delivery/?utm=1#top", True),
        ("/delivery", "https://shop.example/delivery/express", False),
        ("/delivery*", "https://shop.example/delivery/express", True),
        ("shop.example/cart", "https://SHOP.example/Cart", True),
        ("shop.example/cart", "https://other.example/cart", False),
        ("*.shop.example/*", "https://lt.shop.example/x", True),
        ("/*/cart", "https://shop.example/lt/cart", True),
        ("/تحویل*", "https://shop.example/%D8%AA%D8%AD%D9%88%DB%8C%D9%84-1", True),
        ("/", "https://shop.example", True),
        ("*", "https://shop.example/any", True),
        ("/a*a*a*a*b", "https://shop.example/" + "a" * 1900, False),
        ("/x", "https://[", False),
    ],
)
def test_a_pattern_fits_its_pages(pattern: str, url: str, *, is_match: bool) -> None:
    assert matches(checked_pages([pattern]), url) is is_match


def test_patterns_are_kept_without_what_does_not_count() -> None:
    given = ["https://Shop.example/Cart/?x=1", " /delivery/ ", "", "/delivery"]
    assert checked_pages(given) == ["shop.example/cart", "/delivery"]
    with pytest.raises(BadRequest):
        checked_pages([f"/{number}" for number in range(21)])
    with pytest.raises(BadRequest):
        checked_pages(["/" + "x" * 200])
