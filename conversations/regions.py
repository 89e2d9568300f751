"""Which team is there for a language and a country. Pure, as ``assignment`` is."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The languages and countries a team is there for; an empty set means any."""

    team_id: UUID
    languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


def team_for(*, language: str, country: str, regions: Iterable[Region]) -> UUID | None:
    """Return the team that is there for a language and a country: the most particular one, else the first.

    A team that names neither is nobody's in particular and is not chosen.
    """
    fitting = [
        region
        for region in regions
        if (region.languages or region.countries)
        and (not region.languages or language in region.languages)
        and (not region.countries or country in region.countries)
    ]
    best = max(fitting, key=lambda region: bool(region.languages) + bool(region.countries), default=None)
    return best.team_id if best else None
