"""What mail templates need beyond Django's own filters."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tenants.mail.wording import direction, isolated, reads_rightwards

register = template.Library()


@register.filter
def isolate(value: object) -> str:
    """Keep the direction of an inserted value from leaking into the plain text around it.

    Where all is left to right there is nothing to keep apart, and no invisible letters are put in.
    """
    text = str(value)
    is_plain = direction(get_language() or "en") == "ltr" and reads_rightwards(text)
    return text if is_plain else isolated(text)


@register.filter
def unbroken(text: str, part: str) -> str | SafeString:
    """Keep a part of a text on one line: a code torn at its hyphen reads as two."""
    before, found, after = text.partition(part) if part else (text, "", "")
    if not found:
        return text
    return format_html('{}<span class="unbroken" dir="ltr">{}</span>{}', before, found, after)
