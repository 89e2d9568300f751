"""CSV that no spreadsheet takes for a program."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

# A cell that begins like this is a formula to a spreadsheet (OWASP ASVS 5.0, 1.2.10).
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def safe_cell(value: object) -> str:
    """Return a value as text that a spreadsheet shows and does not run. Numbers stay numbers."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return text
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def csv_text(*, header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV file (RFC 4180) with a byte order mark, without which Excel misreads every accent."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
