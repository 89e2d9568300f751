"""Change how an entrance looks and behaves."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from conversations.inbox_settings import checked_domains, checked_settings
from conversations.models import Inbox
from conversations.text import clean, one_line
from operators.models import Team
from tenants.audit import record
from tenants.digits import own_digits
from tenants.errors import BadRequest, NotFound
from tenants.permissions import Actor, Permission, require


@transaction.atomic
def change_inbox(*, actor: Actor, inbox_id: UUID, **fields: Any) -> Inbox:
    """Change any of ``name``, ``language``, ``team_id``, ``is_enabled``, ``allowed_domains`` and ``settings``.

    ``settings`` holds the ones to change (see ``conversations.inbox_settings``); the others stay.

    Raises PermissionDenied, NotFound, BadRequest naming each field that is wrong.
    """
    require(actor, Permission.WRITE_INBOXES)
    inbox = Inbox.objects.select_for_update().filter(pk=inbox_id).first()
    if inbox is None:
        raise NotFound()
    after = _checked(fields)
    if "settings" in after:
        after["settings"] = {**inbox.settings, **after["settings"]}
    changed = [name for name, value in after.items() if getattr(inbox, name) != value]
    if not changed:
        return inbox
    changes = {}
    for name in changed:
        before = getattr(inbox, name)
        changes[name] = [str(value) if isinstance(value, UUID) else value for value in (before, after[name])]
        setattr(inbox, name, after[name])
    inbox.save(update_fields=changed)
    record(actor=actor, action="inbox.changed", target=f"inbox:{inbox.pk}", changes=changes)
    return inbox


def checked_name(name: str) -> str:
    """Return the name of an inbox on one line. Raises BadRequest when it is empty or over 100 characters."""
    made = one_line(clean(name), length=1000)
    if not 0 < len(made) <= 100:
        raise BadRequest(errors={"name": [own_digits(_("From 1 to %(limit)d characters.") % {"limit": 100})]})
    return made


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    made = dict(given)
    if "name" in given:
        made["name"] = checked_name(given["name"])
    if "language" in given and given["language"] not in dict(settings.LANGUAGES):
        codes = ", ".join(code for code, _name in settings.LANGUAGES)
        raise BadRequest(errors={"language": [_("Choose one of: %(codes)s.") % {"codes": codes}]})
    if (team_id := given.get("team_id")) and not Team.objects.filter(pk=team_id).exists():
        raise BadRequest(errors={"team_id": [_("There is no such team.")]})
    if "allowed_domains" in given:
        made["allowed_domains"] = checked_domains(given["allowed_domains"])
    if "settings" in given:
        made["settings"] = checked_settings(given["settings"])
    return made
