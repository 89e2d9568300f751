"""CSV files of the reports: safe to open in a spreadsheet, in UTF-8 with a byte order mark.

Cells that a spreadsheet would run as a formula get an apostrophe (OWASP: CSV Injection). Column names
are stable and in English: they are read by programs. Durations are whole seconds, times ISO 8601.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from analytics.queries.drill_down import Behind
from analytics.queries.shapes import Overview, Row, Score, Timing

Value = str | int | float | bool | date | datetime | None

BYTE_ORDER_MARK: Final = "\ufeff"
# What starts a formula in Excel, LibreOffice or Sheets, full-width forms included.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(*, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return a whole CSV file as text."""
    return f"{BYTE_ORDER_MARK}{_lines([columns])}{_lines(rows)}"


def _lines(rows: Iterable[Sequence[Value]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def cell(value: Value) -> str | int | float:
    """Return a value as a cell. Only texts can be dangerous: numbers keep their sign."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return round(value, 1)
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if value.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else value


_TIMINGS: Final = ("first_response", "waiting", "resolution")
_FIGURES: Final = (
    "new",
    "answered",
    "reopened",
    "resolved",
    "open_at_end",
    *(f"{name}_{part}" for name in _TIMINGS for part in ("n", "mean_s", "median_s", "p90_s")),
    "satisfaction_percent",
    "ratings",
    "surveys",
)


def series_csv(report: Overview) -> str:
    """Return one row per hour, day or week."""
    return csv_text(
        columns=("start", "day", *(name for name in _FIGURES if name != "answered")),
        rows=[
            (
                point.start,
                point.day,
                point.new,
                point.reopened,
                point.resolved,
                point.open_at_end,
                *_timings(point.first_response, point.reply_time, point.resolution),
                *_score(point.satisfaction),
            )
            for point in report.series
        ],
    )


def table_csv(rows: Sequence[Row]) -> str:
    """Return one row per operator or inbox."""
    return csv_text(
        columns=("id", "name", *_FIGURES),
        rows=[
            (
                str(row.id),
                row.name,
                row.new,
                row.taken,
                row.reopened,
                row.resolved,
                row.open_at_end,
                *_timings(row.first_response, row.reply_time, row.resolution),
                *_score(row.satisfaction),
            )
            for row in rows
        ],
    )


def heat_csv(report: Overview) -> str:
    """Return one row per weekday (ISO: 1 is Monday) and hour."""
    return csv_text(
        columns=("weekday", "hour", "new"),
        rows=[
            (weekday, hour, value)
            for weekday, hours in enumerate(report.heat_map, start=1)
            for hour, value in enumerate(hours)
        ],
    )


BEHIND_HEAD: Final = csv_text(
    columns=(
        "conversation_id", "at", "seconds", "business_seconds", "score", "contact", "text", "operator",
        "inbox", "status",
    ),
    rows=(),
)  # fmt: skip


def behind_lines(rows: Iterable[Behind]) -> str:
    """Return one line per measurement behind a number, with its conversation; they follow BEHIND_HEAD."""
    return _lines(
        (
            str(row.conversation_id), row.at, row.seconds, row.business_seconds, row.score, row.contact,
            row.text, row.operator, row.inbox, row.status,
        )
        for row in rows
    )  # fmt: skip


def _timings(*timings: Timing) -> list[Value]:
    return [value for one in timings for value in (one.n, one.mean, one.median, one.p90)]


def _score(score: Score) -> list[Value]:
    return [score.percent, score.answers, score.asked]
