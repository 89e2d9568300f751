"""Writing articles for tests, as somebody who may. Each opens a scope."""

from uuid import UUID

from conversations.actions.manage_articles import create_article
from conversations.actions.write_article import publish_text, write_text
from conversations.models import Article
from tenants.models import Tenant
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope


def an_article(
    tenant: Tenant,
    title: str = "Delivery",
    body: str = "In two days.",
    *,
    language: str = "en",
    pages: tuple[str, ...] = (),
    category_id: UUID | None = None,
    views: int = 0,
    is_published: bool = True,
) -> Article:
    """Make an article with one text."""
    with tenant_scope(TenantId(tenant.pk)):
        actor = system_actor(TenantId(tenant.pk))
        article = create_article(actor=actor, category_id=category_id, pages=pages)
        Article.objects.filter(pk=article.pk).update(view_count=views)
    write(tenant, article, title, body, language=language, is_published=is_published)
    return article


def write(
    tenant: Tenant, article: Article, title: str, body: str, *, language: str, is_published: bool = True
) -> None:
    """Give an article a text."""
    with tenant_scope(TenantId(tenant.pk)):
        actor = system_actor(TenantId(tenant.pk))
        write_text(actor=actor, article_id=article.pk, language=language, title=title, body=body)
        if is_published:
            publish_text(actor=actor, article_id=article.pk, language=language)


def fresh(article: Article) -> Article:
    with tenant_scope(TenantId(article.tenant_id)):
        return Article.objects.get(pk=article.pk)
