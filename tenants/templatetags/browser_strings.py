"""`{% browser_strings %}`: the texts of the page's scripts, asked for before the scripts need them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tenants.browser_strings import strings_url

register = template.Library()


@register.simple_tag
def browser_strings() -> SafeString:
    """The link that ``static/shared/strings.ts`` reads; it belongs in the head, before the scripts."""
    return format_html(
        '<link rel="preload" as="fetch" crossorigin href="{}" data-strings>',
        strings_url(language=get_language() or "en"),
    )
