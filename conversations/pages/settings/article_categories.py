"""Settings: the categories of articles."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from conversations.actions.manage_article_categories import (
    MAX_NAME,
    change_article_category,
    create_article_category,
    remove_article_category,
)
from conversations.actions.manage_articles import MAX_ORDER
from conversations.articles import category_name, language_order
from conversations.inboxes.widget.config import direction_of
from conversations.models import ArticleCategory
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import PageForm
from tenants.errors import DomainError, NotFound
from tenants.permissions import Permission


class CategoryForm(PageForm):
    """The name comes once per language, as ``name_<code>``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=name,
                max_length=MAX_NAME,
                required=False,
                widget=forms.TextInput({"dir": direction_of(code), "lang": code}),
            )
        self.fields["order"] = forms.IntegerField(
            label=_("Place in the list"),
            min_value=0,
            max_value=MAX_ORDER,
            initial=0,
            help_text=_("Low numbers come first."),
        )

    def values(self) -> dict[str, Any]:
        """Return the category's fields."""
        data = self.cleaned_data
        return {
            "names": {code: data[f"name_{code}"] for code, _name in settings.LANGUAGES},
            "order": data["order"],
        }

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[f"name_{code}"] for code, _name in settings.LANGUAGES]


def _rows() -> list[dict[str, Any]]:
    languages = language_order(get_language() or "en")
    categories = ArticleCategory.objects.annotate(
        number=Count("articles", filter=Q(articles__removed_at=None))
    ).order_by("order", "pk")
    return [
        {
            "category": category,
            "name": category_name(category, languages),
            "number": category.number,
            "missing": [name for code, name in settings.LANGUAGES if not category.names.get(code)],
        }
        for category in categories
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_ARTICLES)
def article_categories(request: OperatorRequest) -> HttpResponse:
    """List the categories; make one."""
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            create_article_category(actor=request.actor, **form.values())
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The category was made."))
            return redirect("article_categories")
    context = {"form": form, "rows": _rows()}
    status = 422 if form.is_bound else 200
    return render(request, "conversations/settings/article_categories.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_ARTICLES)
def edit_article_category(request: OperatorRequest, category_id: UUID) -> HttpResponse:
    """Rename or move a category."""
    category = ArticleCategory.objects.filter(pk=category_id).first()
    if category is None:
        raise NotFound
    initial = {f"name_{code}": name for code, name in category.names.items()}
    form = CategoryForm(request.POST or None, initial={**initial, "order": category.order})
    if request.method == "POST" and form.is_valid():
        try:
            change_article_category(actor=request.actor, category_id=category.pk, **form.values())
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("article_categories")
    name = category_name(category, language_order(get_language() or "en"))
    context = {"form": form, "category": category, "name": name}
    status = 422 if form.is_bound else 200
    return render(request, "conversations/settings/article_category.html", context, status=status)


@require_POST
@operator_page(Permission.WRITE_ARTICLES)
def delete_article_category(request: OperatorRequest, category_id: UUID) -> HttpResponse:
    """Remove a category; its articles stay."""
    remove_article_category(actor=request.actor, category_id=category_id)
    messages.success(request, _("The category was removed. Its articles are still there."))
    return redirect("article_categories")
