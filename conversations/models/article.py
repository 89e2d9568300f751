"""The knowledge base: articles, each with a text per language, in categories; their pictures; what readers thought."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from conversations.text import fold
from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class ArticleCategory(TenantModel):
    # The name by language.
    names = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        verbose_name_plural = "article categories"
        indexes = (models.Index(fields=["tenant", "order"], name="article_categories_in_order"),)

    def __str__(self) -> str:
        return next(iter(self.names.values()), "")


class Article(TenantModel):
    category = TenantForeignKey(
        "conversations.ArticleCategory", models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    order = models.PositiveIntegerField(default=0)
    # The pages it is suggested on; see conversations.article_pages.
    pages = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    author = models.CharField(max_length=60, blank=True)
    author_name = models.CharField(max_length=100, blank=True)
    view_count = models.PositiveIntegerField(default=0)
    yes_count = models.PositiveIntegerField(default=0)
    no_count = models.PositiveIntegerField(default=0)
    # Set: it is gone for everybody, and may still be brought back for a while.
    removed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        indexes = (models.Index(fields=["tenant", "-updated_at", "-id"], name="articles_of_tenant"),)

    def __str__(self) -> str:
        return f"article {self.pk}"


class ArticleText(TenantModel):
    """What an article says in one language. ``body`` is the Markdown of ``conversations.markdown``."""

    article = TenantForeignKey("conversations.Article", models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=150)
    slug = models.CharField(max_length=100)
    body = models.TextField(blank=True)
    # The beginning of the body, without its marks.
    excerpt = models.CharField(max_length=160, blank=True)
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    # Folded, for search; see conversations.text.fold. The second holds the title too.
    search_title = models.CharField(max_length=400, blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=["tenant", "article", "language"], name="one_text_per_language"),
            models.UniqueConstraint(fields=["tenant", "language", "slug"], name="one_article_per_slug"),
        )
        indexes = (
            GinIndex(
                models.F("tenant_id"),
                OpClass(models.F("search_text"), name="gin_trgm_ops"),
                name="articles_search",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def refold(self, plain: str) -> None:
        """Bring the search columns in step with the title and ``plain``, the body without its marks."""
        self.search_title = fold(self.title)[:400]
        self.search_text = fold(f"{self.title} {plain}")


class ArticleVote(TenantModel):
    """Whether an article helped one contact: the last answer counts, once."""

    article = TenantForeignKey("conversations.Article", models.CASCADE, related_name="votes")
    contact = TenantForeignKey("conversations.Contact", models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    is_helpful = models.BooleanField()
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=["tenant", "article", "contact"], name="one_vote_per_contact"),
        )
        indexes = (models.Index(fields=["tenant", "contact"], name="votes_of_contact"),)

    def __str__(self) -> str:
        return f"{'yes' if self.is_helpful else 'no'} from {self.contact_id}"


class ArticleImage(TenantModel):
    """A picture that articles may show; a body names it as ``![what it shows](image:ID)``."""

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    storage_key = models.CharField(max_length=200)
    created_by = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        indexes = (models.Index(fields=["tenant", "created_at"], name="article_images_of_tenant"),)

    def __str__(self) -> str:
        return self.name
