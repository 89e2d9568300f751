"""Whom a note mentions: operators, and teams with everybody in them."""

from collections.abc import Collection, Iterable
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from conversations.shapes import MentionShape
from operators.models import Operator, Team, TeamMember
from tenants.errors import BadRequest


def known_mentions(ids: Collection[UUID]) -> list[MentionShape]:
    """Return the operators and teams that have these ids, by name. Raises BadRequest when one is neither."""
    if not ids:
        return []
    operators = Operator.objects.filter(pk__in=ids).order_by("display_name", "pk")
    teams = Team.objects.filter(pk__in=ids).order_by("name", "pk")
    found = [
        *(_mention("operator", one.pk, one.display_name) for one in operators),
        *(_mention("team", one.pk, one.name) for one in teams),
    ]
    if len(found) < len(set(ids)):
        raise BadRequest(errors={"mentions": [_("There is no such operator or team.")]})
    return found


def _mention(kind: Literal["operator", "team"], pk: UUID, name: str) -> MentionShape:
    return {"kind": kind, "id": str(pk), "name": name}


def mentioned_operators(mentions: Iterable[MentionShape]) -> set[UUID]:
    """Return the operators that mentions mean, those of the teams included."""
    by_kind: dict[str, list[UUID]] = {"operator": [], "team": []}
    for one in mentions:
        by_kind[one["kind"]].append(UUID(one["id"]))
    members = TeamMember.objects.filter(team__in=by_kind["team"]).values_list("operator_id", flat=True)
    return {*by_kind["operator"], *members}
