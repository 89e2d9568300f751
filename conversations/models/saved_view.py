"""A list that somebody made for themselves, or for everybody."""

from django.db import models

from tenants.clock import now
from tenants.scoping import TenantForeignKey, TenantModel


class SavedView(TenantModel):
    """``filter`` is what ``conversations.filter_tree`` reads; of no operator, it is everybody's."""

    name = models.CharField(max_length=50)
    icon = models.CharField(max_length=16, blank=True)
    filter = models.JSONField()
    sort = models.CharField(max_length=20)
    operator = TenantForeignKey("operators.Operator", models.CASCADE, null=True, blank=True, related_name="+")
    # Where it stands among those of the same owner.
    place = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        indexes = (models.Index(fields=["tenant", "operator", "place", "id"], name="views_of_operator"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.operator_id is None
