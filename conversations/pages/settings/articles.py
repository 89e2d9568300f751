"""Settings: the articles of the knowledge base, listed and written."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conversations.actions.manage_articles import remove_article, restore_article
from conversations.actions.upload_article_image import upload_article_image
from conversations.actions.write_article import MAX_BODY
from conversations.articles import best_text, language_order, nodes_of
from conversations.files import MAX_IMAGE
from conversations.models import Article
from conversations.pages.settings.article_form import ArticleForm
from conversations.pages.settings.article_list import ArticleFilterForm, rows_of
from conversations.pages.settings.article_saving import save_article
from operators.pages.access import OperatorRequest, operator_page
from tenants.errors import DomainError, NotFound
from tenants.permissions import Permission

PAGE: Final = 50


@require_safe
@operator_page(Permission.WRITE_ARTICLES)
def list_articles(request: OperatorRequest) -> HttpResponse:
    """Show the articles that the filter lets through, and offer to bring back the one just removed."""
    form = ArticleFilterForm(request.GET)
    page = Paginator(form.articles(), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("removed", None)
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(list(page), languages=_languages(request)),
        "query": query.urlencode(),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "removed": _removed(request),
    }
    return render(request, "conversations/settings/articles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_ARTICLES)
def edit_article(request: OperatorRequest, article_id: UUID | None = None) -> HttpResponse:
    """Write an article, in as many languages as are filled in."""
    article = None
    if article_id:
        article = Article.objects.filter(pk=article_id, removed_at=None).prefetch_related("texts").first()
        if article is None:
            raise NotFound
    form = ArticleForm(request.POST or None, article=article)
    if request.method == "POST" and form.is_valid():
        saved = save_article(actor=request.actor, article=article, form=form)
        if saved is not None:
            messages.success(request, _("Saved."))
            chosen = request.POST.get("language", "")
            return redirect(f"{reverse('edit_article', args=[saved.pk])}?language={_known(chosen)}")
    tabs = form.tabs()
    shown = best_text(article.texts.all(), _languages(request)) if article else None
    context = {
        "form": form,
        "article": article,
        "tabs": tabs,
        "active": _active(request, form),
        "shown": shown,
    }
    status = 422 if form.is_bound else 200
    return render(request, "conversations/settings/article.html", context, status=status)


@require_POST
@operator_page(Permission.WRITE_ARTICLES)
def delete_article(request: OperatorRequest, article_id: UUID) -> HttpResponse:
    """Remove an article; the list then offers to undo it."""
    remove_article(actor=request.actor, article_id=article_id)
    return redirect(f"{reverse('settings_articles')}?removed={article_id}")


@require_POST
@operator_page(Permission.WRITE_ARTICLES)
def undelete_article(request: OperatorRequest, article_id: UUID) -> HttpResponse:
    """Bring a removed article back."""
    restore_article(actor=request.actor, article_id=article_id)
    messages.success(request, _("The article is back."))
    return redirect("edit_article", article_id=article_id)


@require_POST
@operator_page(Permission.WRITE_ARTICLES)
def preview_article(request: OperatorRequest) -> HttpResponse:
    """Answer with the nodes of a body that is being written: what visitors would see."""
    return JsonResponse({"nodes": nodes_of(request.POST.get("body", "")[:MAX_BODY])})


@require_POST
@operator_page(Permission.WRITE_ARTICLES)
def add_picture(request: OperatorRequest) -> HttpResponse:
    """Keep a picture and answer with its name and id, or say why not."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return JsonResponse({"detail": _("Choose a file.")}, status=400)
    try:
        image = upload_article_image(
            actor=request.actor, name=file.name or "", content=file.read(MAX_IMAGE + 1)
        )
    except DomainError as error:
        return JsonResponse({"detail": str(error.detail)}, status=error.status)
    return JsonResponse({"id": str(image.pk), "name": image.name.rpartition(".")[0]}, status=201)


def _languages(request: OperatorRequest) -> list[str]:
    return language_order(get_language() or request.tenant.language, request.tenant.language)


def _known(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else ""


def _active(request: OperatorRequest, form: ArticleForm) -> str:
    """Return the language whose tab is open: one with a mistake, the one asked for, one that is written."""
    wrong = [tab.code for tab in form.tabs() if tab.has_errors]
    asked = _known(request.POST.get("language", "") or request.GET.get("language", ""))
    if wrong:
        return asked if asked in wrong else wrong[0]
    order = _languages(request)
    return asked or next((code for code in order if code in form.texts), order[0])


def _removed(request: OperatorRequest) -> dict[str, Any] | None:
    try:
        article_id = UUID(request.GET.get("removed", ""))
    except ValueError:
        return None
    article = Article.objects.filter(pk=article_id, removed_at__isnull=False).first()
    if article is None:
        return None
    text = best_text(article.texts.all(), _languages(request))
    return {"pk": article.pk, "title": text.title if text else ""}
