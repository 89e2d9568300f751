"""The one way a message enters a conversation, whichever door it came through."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from conversations.append import BAD_ATTACHMENT, STATEMENT, answer, arguments, bad_attachment
from conversations.drafts import Draft, checked
from conversations.mentions import known_mentions
from conversations.queries import events_of_message, one_message
from tenants.events import Audience
from tenants.events.fanout import tell
from tenants.events.publish import hints_again
from tenants.permissions import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The message as its author sees it (MessageShape); ``is_new`` is False for a resend."""

    message: dict[str, Any]
    is_new: bool


@transaction.atomic
def send_message(*, actor: Actor, conversation_id: UUID, draft: Draft) -> Sent:
    """Send a draft; the same ``client_id`` again returns the same message.

    Raises:
        PermissionDenied: the actor may not say this.
        NotFound: no such conversation, or not the contact's own.
        BadRequest: nothing to say, a file that is not there, or somebody mentioned who is not.
        TooLarge: too long, or too many files.
        Conflict: the ``client_id`` was used for another text.
    """
    draft = checked(actor=actor, draft=draft)
    mentions = known_mentions(draft.mention_ids)
    rows = _append(arguments(actor=actor, conversation_id=conversation_id, draft=draft, mentions=mentions))
    appended = answer(rows)
    if not appended.is_new:
        audience = Audience.CONTACT if actor.is_contact else Audience.OPERATORS
        again = hints_again(events_of_message(message_id=appended.message_id))
        transaction.on_commit(partial(tell, actor.tenant_id, again), robust=True)
        return Sent(
            message=dict(one_message(message_id=appended.message_id, audience=audience)), is_new=False
        )
    hints = appended.hints(actor=actor, conversation_id=conversation_id)
    transaction.on_commit(partial(tell, actor.tenant_id, hints), robust=True)
    return Sent(message=appended.message(actor=actor), is_new=True)


def _append(values: list[Any]) -> list[tuple[Any, ...]]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(STATEMENT, values)
            return list(cursor.fetchall())
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) == BAD_ATTACHMENT:
            raise bad_attachment() from error
        raise
