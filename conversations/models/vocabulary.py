"""What a tenant keeps at hand: tags and canned replies."""

from django.db import models

from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class Tag(TenantModel):
    name = models.CharField(max_length=50)
    colour = models.CharField(max_length=7, default="#64748b")
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=["tenant", "name"], name="one_tag_per_name"),)

    def __str__(self) -> str:
        return self.name


class CannedReply(TenantModel):
    shortcut = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    text = models.TextField()
    team = TenantForeignKey("operators.Team", models.CASCADE, null=True, blank=True, related_name="+")
    created_by = models.CharField(max_length=60, blank=True)
    use_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name_plural = "canned replies"
        constraints = (models.UniqueConstraint(fields=["tenant", "shortcut"], name="one_reply_per_shortcut"),)

    def __str__(self) -> str:
        return self.shortcut
