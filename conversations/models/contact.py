"""The person who asks; a visitor until identified."""

from uuid import UUID

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from conversations.text import fold
from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


def display_name(*, contact_id: UUID, name: str, email: str) -> str:
    """Return a name that reads well in every language: the name, the address, or a short mark."""
    return name or email or f"#{contact_id.hex[-6:].upper()}"


class Contact(TenantModel):
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=2, blank=True)
    is_verified = models.BooleanField(default=False)
    is_blocked = models.BooleanField(default=False)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    # Folded name, e-mail and phone, for search; see conversations.text.fold.
    search_text = models.TextField(blank=True, editable=False)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["tenant", "external_id"],
                name="one_contact_per_external_id",
                condition=~models.Q(external_id=""),
            ),
        )
        indexes = (
            models.Index(fields=["tenant", "email"], name="contact_by_email"),
            models.Index(fields=["tenant", "-created_at", "-id"], name="contacts_of_tenant"),
            GinIndex(
                models.F("tenant_id"),
                OpClass(models.F("search_text"), name="gin_trgm_ops"),
                name="contacts_search",
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """Return what operators call the contact (see ``display_name``)."""
        return display_name(contact_id=self.pk, name=self.name, email=self.email)

    def refold(self) -> None:
        """Bring the search column in step with what is searched."""
        self.search_text = fold(f"{self.name} {self.email} {self.phone} {self.external_id}")


class ContactTag(TenantModel):
    contact = TenantForeignKey("conversations.Contact", models.CASCADE, related_name="tag_links")
    tag = TenantForeignKey("conversations.Tag", models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=["tenant", "contact", "tag"], name="a_tag_once_per_contact"),
        )
        indexes = (models.Index(fields=["tenant", "tag", "contact"], name="contacts_of_tag"),)

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.contact_id}"


class VisitorSession(TenantModel):
    """One browser of a contact on one inbox. Secrets are kept as hashes only."""

    contact = TenantForeignKey("conversations.Contact", models.CASCADE, related_name="sessions")
    inbox = TenantForeignKey("conversations.Inbox", models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    handle_hash = models.CharField(max_length=64, unique=True)
    page_url = models.CharField(max_length=2000, blank=True)
    page_title = models.CharField(max_length=300, blank=True)
    referrer = models.CharField(max_length=2000, blank=True)
    user_agent = models.CharField(max_length=400, blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    last_seen_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        indexes = (models.Index(fields=["tenant", "contact", "-last_seen_at"], name="sessions_of_contact"),)

    def __str__(self) -> str:
        return f"session of {self.contact_id}"
