"""How a team's conversations find an operator, and when they may end: the settings, and what they may be."""

from dataclasses import dataclass
from typing import Any, Final

from babel import Locale
from django.conf import settings
from django.utils.translation import gettext as _

from operators.models import AssignmentMode, Team
from operators.models.team import DEFAULT_OFFER_SECONDS
from tenants.errors import BadRequest
from tenants.hours_form import checked_hours

# Longer than this nobody should be left to wait for one person's answer.
LONGEST_OFFER: Final = 300
SHORTEST_OFFER: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRouting:
    """``offer_seconds`` 0 gives conversations out without asking; no ``languages`` or ``countries`` means any.

    ``business_hours`` None are those of the business.
    """

    assignment_mode: str = AssignmentMode.MANUAL.value
    offer_seconds: int = DEFAULT_OFFER_SECONDS
    prefers_last_operator: bool = False
    requires_tag: bool = False
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    business_hours: dict[str, Any] | None = None

    @classmethod
    def of(cls, team: Team) -> "TeamRouting":
        return cls(
            assignment_mode=team.assignment_mode,
            offer_seconds=team.offer_seconds,
            prefers_last_operator=team.prefers_last_operator,
            requires_tag=team.requires_tag,
            languages=tuple(team.languages),
            countries=tuple(team.countries),
            business_hours=team.business_hours,
        )

    def as_fields(self) -> dict[str, Any]:
        """Return the values as the columns of a team."""
        return {
            "assignment_mode": self.assignment_mode,
            "offer_seconds": self.offer_seconds,
            "prefers_last_operator": self.prefers_last_operator,
            "requires_tag": self.requires_tag,
            "languages": list(self.languages),
            "countries": list(self.countries),
            "business_hours": self.business_hours,
        }

    def check(self) -> None:
        """Raise BadRequest for what cannot be."""
        errors: dict[str, list[str]] = {}
        if self.assignment_mode not in AssignmentMode.values:
            errors["assignment_mode"] = [
                _("Choose one of: %(codes)s.") % {"codes": ", ".join(AssignmentMode.values)}
            ]
        if self.offer_seconds and not SHORTEST_OFFER <= self.offer_seconds <= LONGEST_OFFER:
            errors["offer_seconds"] = [
                _("Choose 0, or from %(least)s to %(most)s seconds.")
                % {"least": SHORTEST_OFFER, "most": LONGEST_OFFER}
            ]
        if problem := languages_problem(self.languages):
            errors["languages"] = [problem]
        if unknown := sorted(set(self.countries) - countries()):
            errors["countries"] = [
                _("There is no country with the code %(code)s.") % {"code": ", ".join(unknown)}
            ]
        if self.business_hours is not None:
            try:
                checked_hours(self.business_hours)
            except ValueError as error:
                errors["business_hours"] = [str(error)]
        if errors:
            raise BadRequest(errors=errors)


def languages_problem(languages: tuple[str, ...]) -> str | None:
    """Return what is wrong with a list of languages; None when nothing is."""
    codes = [code for code, _name in settings.LANGUAGES]
    if set(languages) - set(codes):
        return _("Choose one of: %(codes)s.") % {"codes": ", ".join(codes)}
    return None


def countries() -> set[str]:
    """Return the codes of all countries (ISO 3166-1 alpha-2, as the Unicode CLDR has them)."""
    return {code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()}
