"""Say how much an operator may have to do at once, and in which languages they answer."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from operators.ceiling import may_grant
from operators.models import Operator
from operators.team_routing import languages_problem
from tenants.audit import record
from tenants.errors import BadRequest, PermissionDenied
from tenants.permissions import Actor, Permission, Role, require

MOST_CONVERSATIONS: Final = 50


@transaction.atomic
def set_workload(
    *, actor: Actor, operator_id: UUID, max_conversations: int, languages: Sequence[str]
) -> Operator:
    """Set the limit of an operator, in chats (0: nothing is given to them), and their languages (none: any).

    Raises PermissionDenied (also for somebody whose role is above one's own), NotFound, BadRequest.
    """
    require(actor, Permission.WRITE_OPERATORS)
    errors = {}
    if not 0 <= max_conversations <= MOST_CONVERSATIONS:
        errors["max_conversations"] = [_("Choose from 0 to %(most)s.") % {"most": MOST_CONVERSATIONS}]
    if problem := languages_problem(tuple(languages)):
        errors["languages"] = [problem]
    if errors:
        raise BadRequest(errors=errors)
    operator = Operator.locked(operator_id=operator_id)
    if not may_grant(actor=actor, role=Role(operator.role)):
        raise PermissionDenied()
    before = {"max_conversations": operator.max_conversations, "languages": operator.languages}
    after = {"max_conversations": max_conversations, "languages": sorted(set(languages))}
    changes = {key: [before[key], value] for key, value in after.items() if before[key] != value}
    if changes:
        operator.max_conversations, operator.languages = max_conversations, sorted(set(languages))
        operator.save(update_fields=["max_conversations", "languages"])
        record(
            actor=actor, action="operator.workload_changed", target=f"operator:{operator.pk}", changes=changes
        )
    return operator
