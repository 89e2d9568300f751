"""`{% own_language_names as languages %}`: what is on offer to whoever cannot read the page."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def own_language_names() -> list[tuple[str, str]]:
    """Return (code, name) of each language Parley speaks; each name in its own language."""
    return list(settings.LANGUAGES)
