"""The articles of the demo shop: a text file a language, an article a block.

A block begins with ``=== key``; the next line is the title, the rest its text.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from conversations.actions.manage_article_categories import create_article_category
from conversations.actions.manage_articles import create_article
from conversations.actions.write_article import publish_text, write_text
from conversations.demo.scripts import LANGUAGES
from conversations.models import Article
from tenants.permissions import Actor

FOLDER: Final = Path(__file__).parent
CATEGORIES: Final[dict[str, dict[str, str]]] = {
    "orders": {
        "en": "Orders and delivery", "lt": "Užsakymai ir pristatymas", "fa": "سفارش و تحویل",
        "ar": "الطلبات والتوصيل",
    },
    "money": {
        "en": "Payment and returns", "lt": "Mokėjimas ir grąžinimas", "fa": "پرداخت و برگرداندن",
        "ar": "الدفع والإرجاع",
    },
    "tea": {"en": "Tea", "lt": "Arbata", "fa": "چای", "ar": "الشاي"},
    "clay": {"en": "Clay and workshop", "lt": "Molis ir dirbtuvės", "fa": "سفال و کارگاه", "ar": "الفخار والورشة"},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an article is sorted, and how often it was read; of a hundred who voted, so many it helped."""

    category: str
    pages: tuple[str, ...] = ()
    views: int
    helpful: int


ARTICLES: Final[dict[str, Plan]] = {
    "delivery": Plan(category="orders", pages=("/checkout*", "/cart*"), views=412, helpful=91),
    "track": Plan(category="orders", pages=("/account/orders*",), views=534, helpful=88),
    "address": Plan(category="orders", pages=("/checkout*",), views=97, helpful=84),
    "broken": Plan(category="orders", views=61, helpful=96),
    "returns": Plan(category="money", pages=("/account/orders*",), views=288, helpful=86),
    "refund": Plan(category="money", views=176, helpful=72),
    "payment": Plan(category="money", pages=("/checkout*",), views=143, helpful=89),
    "gift": Plan(category="money", pages=("/gift*",), views=118, helpful=93),
    "sencha": Plan(category="tea", pages=("/tea*",), views=231, helpful=97),
    "storage": Plan(category="tea", pages=("/tea*",), views=84, helpful=94),
    "ceramics": Plan(category="clay", pages=("/ceramics*",), views=152, helpful=95),
    "workshop": Plan(category="clay", pages=("/workshop*",), views=109, helpful=98),
}


@cache
def texts_in(language: str) -> dict[str, tuple[str, str]]:
    """Return every article of a language by its key, as title and body."""
    made = {}
    for block in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        key, title, body = block.split("\n", 2)
        made[key.strip()] = (title.strip(), body.strip())
    return made


def write_articles(*, actor: Actor, random: Random) -> None:
    """Write and publish the shop's articles, as the actor, inside the tenant's scope."""
    categories = {
        key: create_article_category(actor=actor, names=names, order=order)
        for order, (key, names) in enumerate(CATEGORIES.items())
    }
    for order, (key, plan) in enumerate(ARTICLES.items()):
        article = create_article(
            actor=actor, category_id=categories[plan.category].pk, order=order, pages=plan.pages
        )
        for language in LANGUAGES:
            title, body = texts_in(language)[key]
            write_text(actor=actor, article_id=article.pk, language=language, title=title, body=body)
            publish_text(actor=actor, article_id=article.pk, language=language)
        votes = random.randrange(plan.views // 12, plan.views // 5)
        yes = votes * plan.helpful // 100
        Article.objects.filter(pk=article.pk).update(
            view_count=plan.views, yes_count=yes, no_count=votes - yes
        )
