"""The list of articles: what it is filtered by, and what each line shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from conversations.article_search import MAX_MATCHES, search_articles
from conversations.articles import best_text, category_name
from conversations.models import Article, ArticleText
from conversations.pages.settings.article_form import category_choices
from operators.pages.forms import PageForm

LANGUAGES: Final[list[tuple[str, str]]] = settings.LANGUAGES


class ArticleFilterForm(PageForm):
    """All optional."""

    q = forms.CharField(
        label=_("Search"), max_length=200, required=False, widget=forms.TextInput({"type": "search"})
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=lambda: [("", _("Any")), *category_choices()]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=lambda: [
            ("", _("Any")),
            ("published", _("Published")),
            ("draft", _("With a draft")),
            *((f"without-{code}", _("Not in %(language)s") % {"language": name}) for code, name in LANGUAGES),
        ],
    )

    def articles(self) -> QuerySet[Article]:
        """Return the articles the filter lets through, by category and place; all of them when it is wrong."""
        rows = Article.objects.filter(removed_at=None).select_related("category").prefetch_related("texts")
        rows = rows.order_by("category__order", "category_id", "order", "-updated_at", "pk")
        if not self.is_valid():
            return rows
        data = self.cleaned_data
        if data["q"].strip():
            rows = rows.filter(pk__in=search_articles(query=data["q"], is_published=False, limit=MAX_MATCHES))
        if data["category"]:
            rows = rows.filter(category_id=data["category"])
        return _in_state(rows, data["state"])


def _in_state(rows: QuerySet[Article], state: str) -> QuerySet[Article]:
    texts = ArticleText.objects.filter(article=OuterRef("pk"))
    if state == "published":
        return rows.filter(Exists(texts.filter(is_published=True)))
    if state == "draft":
        return rows.filter(Exists(texts.filter(is_published=False)))
    if state:
        return rows.exclude(Exists(texts.filter(language=state.removeprefix("without-"))))
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """A line: the article, the text that names it, its category, its languages and those that are missing."""

    article: Article
    text: ArticleText | None
    category: str | None
    written: list[tuple[str, ArticleText]]
    missing: list[str]

    @property
    def vote_count(self) -> int:
        return self.article.yes_count + self.article.no_count


def rows_of(articles: Sequence[Article], *, languages: list[str]) -> list[ArticleRow]:
    """Return the lines of articles whose texts and categories are fetched."""
    return [_row(article, languages) for article in articles]


def _row(article: Article, languages: list[str]) -> ArticleRow:
    texts: dict[str, Any] = {text.language: text for text in article.texts.all()}
    return ArticleRow(
        article=article,
        text=best_text(texts.values(), languages),
        category=category_name(article.category, languages),
        written=[(name, texts[code]) for code, name in LANGUAGES if code in texts],
        missing=[name for code, name in LANGUAGES if code not in texts],
    )
