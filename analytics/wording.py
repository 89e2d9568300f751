"""Numbers, durations and dates as a reader's language writes them: pages, mails and nothing else.

Words and plurals come from CLDR through Babel. Babel knows neither Persian digits nor the Jalali
calendar: both are done here, the dates with persiantools. Static charts do the same with ``Intl``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from django.utils.translation import get_language
from persiantools.jdatetime import JalaliDate

from tenants.models.tenant import Tenant

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86_400
NOTHING: Final = "–"
# Digits, and the sign for per cent.
_PERSIAN: Final = str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪")
_JALALI_LANGUAGES: Final = ("fa", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How one reader reads: language (gettext's code), calendar (``Tenant.Calendar``) and time zone."""

    language: str
    calendar: str
    time_zone: str

    @classmethod
    def of(cls, tenant: Tenant, *, language: str | None = None, time_zone: str | None = None) -> Self:
        """Return the wording of the active language, or of ``language``, for a tenant's reports.

        Persian readers get the Persian calendar; others the tenant's.
        """
        chosen = language or get_language() or tenant.language
        return cls(
            language=chosen,
            calendar=tenant.calendar_for(chosen),
            time_zone=time_zone or tenant.time_zone,
        )

    @property
    def _locale(self) -> str:
        return self.language.replace("-", "_")

    def _digits(self, text: str) -> str:
        return text.translate(_PERSIAN) if self.language.startswith("fa") else text

    def number(self, value: float | None) -> str:
        """``12,345``"""
        if value is None:
            return NOTHING
        # Persian groups thousands by a sign of its own, which goes with its own numbering.
        system = "default" if self.language.startswith("fa") else "latn"
        return self._digits(format_decimal(value, locale=self._locale, numbering_system=system))

    def percent(self, value: float | None) -> str:
        """``46 %`` of a value in per cent."""
        if value is None:
            return NOTHING
        return self._digits(format_percent(round(value) / 100, locale=self._locale))

    def duration(self, seconds: float | None) -> str:
        """``8 sec``, ``2 min 30 sec``, ``45 min``, ``3 hr 20 min``, ``4 days``."""
        if seconds is None:
            return NOTHING
        return self._digits(" ".join(self._unit(amount, unit) for amount, unit in split(seconds)))

    def _unit(self, amount: int, unit: str) -> str:
        return format_unit(amount, f"duration-{unit}", length="short", locale=self._locale)

    def day(self, day: date, *, with_year: bool = True) -> str:
        """``21 November 2026``, or ``۳۰ آبان ۱۴۰۵``."""
        if self.calendar != Tenant.Calendar.PERSIAN:
            if with_year:
                return self._digits(format_date(day, "long", locale=self._locale))
            return self._digits(format_skeleton("MMMMd", day, locale=self._locale))
        jalali: Any = JalaliDate(day)  # type: ignore[no-untyped-call]
        if self.language not in _JALALI_LANGUAGES:
            return str(jalali.isoformat()) if with_year else f"{jalali.month:02}-{jalali.day:02}"
        month = jalali.strftime("%B", locale=self.language)
        words = f"{jalali.day} {month} {jalali.year}" if with_year else f"{jalali.day} {month}"
        return self._digits(words)

    def days(self, first: date, last: date) -> str:
        """``15 – 21 November 2026``: one day, or a first and a last."""
        if first == last:
            return self.day(first)
        with_year = first.year != last.year or self.calendar == Tenant.Calendar.PERSIAN
        return f"{self.day(first, with_year=with_year)} – {self.day(last)}"

    def clock(self, moment: datetime) -> str:
        """``14:05`` in the reader's zone."""
        local = moment.astimezone(ZoneInfo(self.time_zone))
        return self._digits(format_time(local, "HH:mm", locale=self._locale))

    def moment(self, moment: datetime) -> str:
        """``21 November 2026, 14:05`` in the reader's zone."""
        return f"{self.day(moment.astimezone(ZoneInfo(self.time_zone)).date())}, {self.clock(moment)}"

    def weekdays(self) -> list[str]:
        """The short names of the days, Monday first."""
        names = get_day_names("abbreviated", context="stand-alone", locale=self._locale)
        return [names[day] for day in range(7)]


def split(seconds: float) -> list[tuple[int, str]]:
    """Return a duration in the one or two units a person would say: [(2, "minute"), (30, "second")].

    No finer than a median is known, which is to 1 %: steps of 5 seconds from a minute on.
    """
    whole = round(seconds)
    if whole < MINUTE:
        return [(whole, "second")]
    fives = 5 * round(seconds / 5)
    if fives < 10 * MINUTE:
        return _pair(fives, MINUTE, "minute", "second")
    minutes = round(seconds / MINUTE)
    if minutes < HOUR // MINUTE:
        return [(minutes, "minute")]
    if minutes < 24 * 60:
        return _pair(minutes, 60, "hour", "minute")
    hours = round(seconds / HOUR)
    if hours < 10 * 24:
        return _pair(hours, 24, "day", "hour")
    return [(round(seconds / DAY), "day")]


def _pair(amount: int, size: int, large: str, small: str) -> list[tuple[int, str]]:
    whole, rest = divmod(amount, size)
    return [(whole, large), (rest, small)] if rest else [(whole, large)]
