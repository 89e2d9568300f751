"""The form of an article: how it is sorted, and what it says in each language."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from conversations.actions.manage_articles import MAX_ORDER
from conversations.actions.write_article import MAX_BODY, MAX_SLUG, MAX_TITLE
from conversations.articles import category_name, language_order
from conversations.inboxes.widget.config import direction_of
from conversations.models import Article, ArticleCategory, ArticleText
from operators.pages.forms import PageForm, SwitchInput
from tenants.errors import DomainError

FIELDS = ("title", "body", "slug", "published")


def category_choices() -> list[tuple[str, str]]:
    """Return the categories in their order, each named in the reader's language if it can be."""
    languages = language_order(get_language() or "en")
    return [
        (str(category.pk), category_name(category, languages) or "–")
        for category in ArticleCategory.objects.order_by("order", "pk")
    ]


class LanguageTab:
    """What the page shows of one language: its fields, and how far its text is."""

    def __init__(self, form: "ArticleForm", *, code: str, name: str, text: ArticleText | None) -> None:
        self.code, self.name, self.text = code, name, text
        self.direction = direction_of(code)
        self.title, self.body = form[f"title_{code}"], form[f"body_{code}"]
        self.slug, self.published = form[f"slug_{code}"], form[f"published_{code}"]
        self.has_errors = any(form[f"{field}_{code}"].errors for field in FIELDS)


class ArticleForm(PageForm):
    """What is said comes once per language, each of FIELDS as ``<field>_<code>``."""

    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    order = forms.IntegerField(
        label=gettext_lazy("Place in its category"),
        min_value=0,
        max_value=MAX_ORDER,
        initial=0,
        help_text=gettext_lazy("Low numbers come first."),
    )
    pages = forms.CharField(
        label=gettext_lazy("Suggested on these pages"),
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "input input--code", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One per line, like /delivery* or shop.example/checkout/*. * stands for anything."
        ),
    )

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        self.texts = {text.language: text for text in article.texts.all()} if article else {}
        if article is not None:
            kwargs["initial"] = _initial(article, self.texts)
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("None")), *category_choices()]  # type: ignore[attr-defined]
        for code, _name in settings.LANGUAGES:
            self._add_language(code)

    def _add_language(self, code: str) -> None:
        written = {"dir": direction_of(code), "lang": code}
        self.fields[f"title_{code}"] = forms.CharField(
            label=_("Title"), max_length=MAX_TITLE, required=False, widget=forms.TextInput(written)
        )
        self.fields[f"body_{code}"] = forms.CharField(
            label=_("Text"),
            max_length=MAX_BODY,
            required=False,
            widget=forms.Textarea({**written, "rows": 18, "data-article-body": True}),
        )
        self.fields[f"slug_{code}"] = forms.CharField(
            label=_("Address"),
            max_length=MAX_SLUG,
            required=False,
            widget=forms.TextInput({"class": "input input--code", "spellcheck": "false"}),
            help_text=_("The last part of the article's address. Empty: made from the title."),
        )
        self.fields[f"published_{code}"] = forms.BooleanField(
            label=_("Published"),
            required=False,
            widget=SwitchInput,
            help_text=_("Visitors can find and read it. Switched off, it is a draft."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for code in self.languages():
            if not cleaned.get(f"title_{code}") and not self.errors.get(f"title_{code}"):
                self.add_error(f"title_{code}", _("Every article needs a title."))
            if cleaned.get(f"published_{code}") and not cleaned.get(f"body_{code}"):
                self.add_error(f"body_{code}", _("Write something before you publish it."))
        if not self.languages() and not self.errors:
            self.add_error(None, _("Write a title in at least one language."))
        return cleaned

    def languages(self) -> list[str]:
        """Return the languages in which something was sent."""
        return [
            code
            for code, _name in settings.LANGUAGES
            if any(self.data.get(f"{field}_{code}", "").strip() for field in FIELDS)
        ]

    def sorting(self) -> dict[str, Any]:
        """Return the fields of the article itself."""
        data = self.cleaned_data
        return {
            "category_id": UUID(data["category"]) if data["category"] else None,
            "order": data["order"],
            "pages": data["pages"].splitlines(),
        }

    def text(self, code: str) -> dict[str, str]:
        """Return what is said in a language."""
        return {field: self.cleaned_data[f"{field}_{code}"] for field in ("title", "body", "slug")}

    def take_text(self, error: DomainError, code: str) -> None:
        """Put an action's refusal of one language's text onto that language's fields."""
        named = {f"{field}_{code}": texts for field, texts in error.errors.items()}
        self.take(type(error)(str(error.detail), errors=named))

    def tabs(self) -> list[LanguageTab]:
        """Return the languages in the order the page shows them."""
        return [
            LanguageTab(self, code=code, name=name, text=self.texts.get(code))
            for code, name in settings.LANGUAGES
        ]


def _initial(article: Article, texts: dict[str, ArticleText]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "category": str(article.category_id or ""),
        "order": article.order,
        "pages": "\n".join(article.pages),
    }
    for code, text in texts.items():
        made |= {
            f"title_{code}": text.title,
            f"body_{code}": text.body,
            f"slug_{code}": text.slug,
            f"published_{code}": text.is_published,
        }
    return made
