"""Change one's own name, language, time zone and notices."""

from collections.abc import Mapping

from django.db import transaction

from operators.models import NOTIFICATIONS, Operator, User
from tenants.audit import record
from tenants.errors import NotFound
from tenants.permissions import Actor, ActorKind


@transaction.atomic
def update_profile(
    *,
    actor: Actor,
    name: str,
    display_name: str,
    language: str,
    time_zone: str,
    notifications: Mapping[str, bool],
) -> Operator:
    """Save a person's own settings: ``name``, ``language`` and ``time_zone`` hold at every tenant, the rest here.

    ``notifications`` maps keys of ``operators.models.NOTIFICATIONS``; others are dropped.

    Raises NotFound when the actor is not an operator: nobody edits somebody else's profile.
    """
    if actor.kind is not ActorKind.OPERATOR or actor.id is None:
        raise NotFound
    operator = Operator.locked(operator_id=actor.id)
    user = User.objects.select_for_update().get(pk=operator.user_id)
    wanted = {key: notifications.get(key, default) for key, default in NOTIFICATIONS.items()}
    after = {"name": name, "display_name": display_name, "language": language, "time_zone": time_zone}
    before = {
        "name": user.name,
        "display_name": operator.display_name,
        "language": user.language,
        "time_zone": user.time_zone,
    }
    changes = {key: [before[key], value] for key, value in after.items() if before[key] != value}
    user.name, user.language, user.time_zone = name, language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    operator.display_name, operator.notifications = display_name, wanted
    operator.save(update_fields=["display_name", "notifications"])
    if changes:
        record(actor=actor, action="profile.changed", target=f"operator:{operator.pk}", changes=changes)
    return operator
