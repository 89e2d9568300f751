"""What mail templates need beyond Django's own filters."""

from django import template

from tenants.mail.wording import isolated

register = template.Library()


@register.filter
def isolate(value: object) -> str:
    """Keep the direction of an inserted value from leaking into the plain text around it."""
    return isolated(str(value))
