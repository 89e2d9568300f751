"""`{{ number|own_digits }}`: a number as the page's language writes it."""

from django import template

from tenants import digits

register = template.Library()


@register.filter
def own_digits(value: object) -> str:
    """Write a number for reading; addresses, fields and files keep ASCII digits."""
    return digits.own_digits(value)
