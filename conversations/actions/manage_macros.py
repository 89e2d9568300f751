"""Make, change and remove macros."""

from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conversations.actions.label import MAX_TAGS
from conversations.drafts import MAX_TEXT
from conversations.models import Conversation, Macro
from conversations.text import clean, one_line
from operators.models import Operator, Team
from tenants.audit import record
from tenants.digits import own_digits
from tenants.errors import BadRequest, Conflict, NotFound
from tenants.permissions import Actor, Permission, require

MAX_NAME: Final = 100
MAX_SNOOZE_HOURS: Final = 24 * 90
FIELDS: Final = frozenset(
    {
        "name", "team_id", "note", "tags", "priority", "assigns", "to_operator_id", "to_team_id", "reply", "status",
        "snooze_hours",
    }
)  # fmt: skip

_CHOICES: Final[dict[str, list[str]]] = {
    "priority": Conversation.Priority.values,
    "status": Conversation.Status.values,
    "assigns": Macro.Assigns.values,
}


@transaction.atomic
def create_macro(*, actor: Actor, **fields: Any) -> Macro:
    """Make a macro of any of FIELDS; ``name`` and something to do are needed.

    Raises PermissionDenied, BadRequest naming each field that is wrong, Conflict (the name is taken).
    """
    require(actor, Permission.WRITE_CANNED_REPLIES)
    macro = Macro()
    _set(macro, {"name": "", **fields})
    record(
        actor=actor, action="macro.created", target=f"macro:{macro.pk}", changes={"name": [None, macro.name]}
    )
    return macro


@transaction.atomic
def change_macro(*, actor: Actor, macro_id: UUID, **fields: Any) -> Macro:
    """Change any of FIELDS. Raises PermissionDenied, NotFound, BadRequest, Conflict (the name is taken)."""
    require(actor, Permission.WRITE_CANNED_REPLIES)
    macro = _locked(macro_id)
    changes = _set(macro, fields)
    if changes:
        record(actor=actor, action="macro.changed", target=f"macro:{macro.pk}", changes=changes)
    return macro


@transaction.atomic
def remove_macro(*, actor: Actor, macro_id: UUID) -> None:
    """Remove a macro; what it did stays. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_CANNED_REPLIES)
    macro = _locked(macro_id)
    record(
        actor=actor, action="macro.removed", target=f"macro:{macro.pk}", changes={"name": [macro.name, None]}
    )
    macro.delete()


def _locked(macro_id: UUID) -> Macro:
    macro = Macro.objects.select_for_update().filter(pk=macro_id).first()
    if macro is None:
        raise NotFound()
    return macro


def _set(macro: Macro, given: dict[str, Any]) -> dict[str, Any]:
    """Set what is right, and save. Returns what changed."""
    after = _checked(given)
    changes = {}
    for name, value in after.items():
        if (before := getattr(macro, name)) != value:
            # The texts may be long: that they changed is enough.
            is_long = name in ("note", "reply")
            changes[name] = ["…", "…"] if is_long else [_plain(before), _plain(value)]
            setattr(macro, name, value)
    does = (macro.note, macro.tags, macro.priority, macro.assigns, macro.reply, macro.status)
    if not any(does):
        raise BadRequest(_("A macro does at least one thing."))
    if macro.assigns == Macro.Assigns.OPERATOR and macro.to_operator_id is None:
        raise BadRequest(errors={"to_operator_id": [_("Choose an operator.")]})
    if macro.assigns == Macro.Assigns.TEAM and macro.to_team_id is None:
        raise BadRequest(errors={"to_team_id": [_("Choose a team.")]})
    try:
        with transaction.atomic():
            macro.save()
    except IntegrityError as error:
        detail = _("A macro has this name already.")
        raise Conflict(detail, errors={"name": [detail]}) from error
    return changes


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    made = dict(given)
    for field in {"note", "reply"} & set(given):
        made[field] = clean(given[field])
    if "name" in given:
        made["name"] = one_line(clean(given["name"]), length=1000)
    if "tags" in given:
        made["tags"] = sorted({one_line(clean(name), length=50) for name in given["tags"]} - {""})
    errors = {
        field: [str(problem)]
        for field, value in made.items()
        if (problem := _problem(field, value)) is not None
    }
    if errors:
        raise BadRequest(errors=errors)
    return made


def _problem(field: str, value: Any) -> str | None:
    """Return what is wrong with a field; None when nothing is."""
    said = None
    match field:
        case "name" if not 0 < len(value) <= MAX_NAME:
            said = _("From 1 to %(limit)d characters.") % {"limit": MAX_NAME}
        case "note" | "reply" if len(value) > MAX_TEXT:
            said = _("Up to %(limit)d characters.") % {"limit": MAX_TEXT}
        case "tags" if len(value) > MAX_TAGS:
            said = _("Up to 20 tags, each with a name.")
        case "snooze_hours" if not 1 <= value <= MAX_SNOOZE_HOURS:
            said = _("A whole number from %(least)d to %(most)d.") % {"least": 1, "most": MAX_SNOOZE_HOURS}
        case "priority" | "status" | "assigns" if value and value not in _CHOICES[field]:
            said = _("Choose one of: %(codes)s.") % {"codes": ", ".join(filter(None, _CHOICES[field]))}
    return own_digits(said) if said else _missing(field, value)


def _missing(field: str, value: Any) -> str | None:
    if field in ("team_id", "to_team_id") and value and not Team.objects.filter(pk=value).exists():
        return _("There is no such team.")
    operators = Operator.objects.filter(is_active=True)
    if field == "to_operator_id" and value and not operators.filter(pk=value).exists():
        return _("This operator is not available.")
    return None
