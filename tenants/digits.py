"""Numbers inside sentences, in the digits of the reader's language. For reading only, never for what is typed back."""

from typing import Final

from django.utils.translation import get_language

# The other languages are written with ASCII digits, in the browser too (see ``static/shared/format.ts``).
_DIGITS: Final = {"fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}


def own_digits(value: object) -> str:
    """Return a number, or a sentence that holds no codes or names, with the active language's own digits."""
    table = _DIGITS.get((get_language() or "en").split("-")[0])
    return str(value).translate(table) if table else str(value)
