"""What a conversation is about, and in which language it is held."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from conversations.events import ConversationChanged
from conversations.models import Conversation
from conversations.present import author_of
from conversations.text import clean, one_line
from conversations.thread import locked
from tenants.digits import own_digits
from tenants.errors import BadRequest
from tenants.events import publish
from tenants.permissions import Actor, Permission, require

MAX_SUBJECT: Final = 200


@transaction.atomic
def change_conversation(*, actor: Actor, conversation_id: UUID, **fields: Any) -> Conversation:
    """Change ``subject`` (one line, may be empty) and ``language`` (a code Parley speaks).

    Mails about the conversation are written in its language from then on; a thread of mails that has begun
    keeps its subject. The contact is told: they see both.

    Raises PermissionDenied, NotFound, BadRequest naming each field that is wrong.
    """
    require(actor, Permission.WRITE_CONVERSATIONS)
    after = _checked(fields)
    conversation = locked(actor=actor, conversation_id=conversation_id)
    changed = [name for name, value in after.items() if getattr(conversation, name) != value]
    if not changed:
        return conversation
    for name in changed:
        setattr(conversation, name, after[name])
    conversation.save(update_fields=changed)
    publish(
        ConversationChanged(
            conversation_id=conversation.pk,
            subject=conversation.subject,
            language=conversation.language,
            by=author_of(actor),
        )
    )
    return conversation


def _checked(fields: dict[str, Any]) -> dict[str, str]:
    made: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    if "subject" in fields:
        made["subject"] = one_line(clean(fields["subject"]), length=10_000)
        if len(made["subject"]) > MAX_SUBJECT:
            errors["subject"] = [own_digits(_("Up to %(limit)d characters.") % {"limit": MAX_SUBJECT})]
    if "language" in fields:
        made["language"] = fields["language"]
        if made["language"] not in dict(settings.LANGUAGES):
            codes = ", ".join(code for code, _name in settings.LANGUAGES)
            errors["language"] = [_("Choose one of: %(codes)s.") % {"codes": codes}]
    if errors:
        raise BadRequest(errors=errors)
    return made
