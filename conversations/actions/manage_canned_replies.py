"""Make, change and remove the answers a business keeps at hand."""

import re
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conversations.drafts import MAX_TEXT
from conversations.models import CannedReply
from conversations.text import clean, one_line
from operators.models import Team
from tenants.audit import record
from tenants.digits import own_digits
from tenants.errors import BadRequest, Conflict, NotFound
from tenants.permissions import Actor, Permission, require

MAX_TITLE: Final = 100
# What can be typed after the slash: letters of any script, digits, dash, underscore, dot.
_SHORTCUT: Final = re.compile(r"[\w.\-]{1,40}")


@transaction.atomic
def create_canned_reply(
    *, actor: Actor, shortcut: str, title: str, text: str, team_id: UUID | None = None
) -> CannedReply:
    """Make a canned reply, for everybody or for one team.

    Raises PermissionDenied, BadRequest naming each field that is wrong, Conflict (the shortcut is taken).
    """
    require(actor, Permission.WRITE_CANNED_REPLIES)
    fields = _checked({"shortcut": shortcut, "title": title, "text": text, "team_id": team_id})
    reply = CannedReply(**fields, created_by=actor.reference)
    _save(reply)
    record(
        actor=actor,
        action="canned_reply.created",
        target=f"canned_reply:{reply.pk}",
        changes={"shortcut": [None, reply.shortcut]},
    )
    return reply


@transaction.atomic
def change_canned_reply(*, actor: Actor, reply_id: UUID, **fields: Any) -> CannedReply:
    """Change any of ``shortcut``, ``title``, ``text`` and ``team_id``.

    Raises PermissionDenied, NotFound, BadRequest, Conflict (the shortcut is taken).
    """
    require(actor, Permission.WRITE_CANNED_REPLIES)
    reply = _locked(reply_id)
    after = _checked(fields)
    changed = [name for name, value in after.items() if getattr(reply, name) != value]
    if not changed:
        return reply
    changes = {
        # The texts may be long: that they changed is enough.
        name: [str(getattr(reply, name)), str(after[name])] if name != "text" else ["…", "…"]
        for name in changed
    }
    for name in changed:
        setattr(reply, name, after[name])
    _save(reply)
    record(actor=actor, action="canned_reply.changed", target=f"canned_reply:{reply.pk}", changes=changes)
    return reply


@transaction.atomic
def remove_canned_reply(*, actor: Actor, reply_id: UUID) -> None:
    """Remove a canned reply; what was sent with it stays. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_CANNED_REPLIES)
    reply = _locked(reply_id)
    record(
        actor=actor,
        action="canned_reply.removed",
        target=f"canned_reply:{reply.pk}",
        changes={"shortcut": [reply.shortcut, None]},
    )
    reply.delete()


def _locked(reply_id: UUID) -> CannedReply:
    reply = CannedReply.objects.select_for_update().filter(pk=reply_id).first()
    if reply is None:
        raise NotFound()
    return reply


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    made, errors = dict(given), {}
    if "shortcut" in given:
        made["shortcut"] = clean(given["shortcut"]).removeprefix("/").lower()
        if not _SHORTCUT.fullmatch(made["shortcut"]):
            errors["shortcut"] = [_("Up to 40 letters, digits, dashes or dots, without spaces.")]
    if "title" in given:
        made["title"] = one_line(clean(given["title"]), length=1000)
        if not 0 < len(made["title"]) <= MAX_TITLE:
            errors["title"] = [own_digits(_("From 1 to %(limit)d characters.") % {"limit": MAX_TITLE})]
    if "text" in given:
        made["text"] = clean(given["text"])
        if not 0 < len(made["text"]) <= MAX_TEXT:
            errors["text"] = [own_digits(_("From 1 to %(limit)d characters.") % {"limit": MAX_TEXT})]
    if (team_id := given.get("team_id")) and not Team.objects.filter(pk=team_id).exists():
        errors["team_id"] = [_("There is no such team.")]
    if errors:
        raise BadRequest(errors=errors)
    return made


def _save(reply: CannedReply) -> None:
    try:
        with transaction.atomic():
            reply.save()
    except IntegrityError as error:
        detail = _("A canned reply has this shortcut already.")
        raise Conflict(detail, errors={"shortcut": [detail]}) from error
