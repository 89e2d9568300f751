"""What somebody wants to say, and whether they may: the pure part of sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.text import clean
from tenants.digits import own_digits
from tenants.errors import BadRequest, TooLarge
from tenants.ids import uuid7
from tenants.permissions import Actor, Permission, require

MAX_TEXT: Final = 10_000
MAX_ATTACHMENTS: Final = 10
# More than so many at once are everybody: there are teams for that.
MAX_MENTIONS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message before it is sent. The client makes ``client_id``: sending it again is the same message."""

    text: str
    client_id: UUID
    kind: Literal["reply", "note"] = "reply"
    attachment_ids: Sequence[UUID] = ()
    # Operators and teams that a note mentions.
    mention_ids: Sequence[UUID] = ()

    @classmethod
    def parse(cls, data: dict[str, object]) -> "Draft":
        """Read a draft from JSON. Raises BadRequest naming each field that is wrong."""
        errors: dict[str, list[str]] = {}
        text = data.get("text", "")
        if not isinstance(text, str):
            errors["text"] = [_("This must be text.")]
        kind = data.get("kind", "reply")
        if kind not in ("reply", "note"):
            errors["kind"] = [_("This must be reply or note.")]
        client_id = uuid7() if data.get("client_id") is None else uuid_of(data["client_id"])
        if client_id is None:
            errors["client_id"] = [_("This must be a UUID.")]
        lists = {name: _ids(data.get(name)) for name in ("attachment_ids", "mentions")}
        errors |= {name: [_("This must be a list of UUIDs.")] for name, ids in lists.items() if ids is None}
        if errors or client_id is None:
            raise BadRequest(errors=errors)
        return cls(
            text=str(text),
            client_id=client_id,
            kind="note" if kind == "note" else "reply",
            attachment_ids=lists["attachment_ids"] or (),
            mention_ids=lists["mentions"] or (),
        )


def uuid_of(value: object) -> UUID | None:
    """Return a UUID written as text, or None for anything else."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    try:
        return UUID(value)
    except ValueError:
        return None


def _ids(given: object) -> list[UUID] | None:
    """Return the ids of a list of texts; none for nothing, None for what is no such list."""
    found = [uuid_of(item) for item in given] if isinstance(given, list) else [None] if given else []
    return None if None in found else [item for item in found if item is not None]


def checked(*, actor: Actor, draft: Draft) -> Draft:
    """Return the draft as it will be stored.

    Raises PermissionDenied when the actor may not say this, BadRequest for an empty one or a reply that mentions
    somebody, TooLarge for one over MAX_TEXT characters, MAX_ATTACHMENTS files or MAX_MENTIONS mentions.
    """
    require(actor, Permission.WRITE_NOTES if draft.kind == "note" else Permission.WRITE_MESSAGES)
    text = clean(draft.text)
    files = sorted(set(draft.attachment_ids))  # as they are listed ever after: in the order they came
    if not text and not files:
        raise BadRequest(errors={"text": [_("Write something, or attach a file.")]})
    if len(text) > MAX_TEXT:
        raise TooLarge(
            own_digits(
                ngettext(
                    "A message may have up to %(limit)d character.",
                    "A message may have up to %(limit)d characters.",
                    MAX_TEXT,
                )
                % {"limit": MAX_TEXT}
            )
        )
    if len(files) > MAX_ATTACHMENTS:
        raise TooLarge(
            own_digits(
                ngettext(
                    "Up to %(limit)d file a message.", "Up to %(limit)d files a message.", MAX_ATTACHMENTS
                )
                % {"limit": MAX_ATTACHMENTS}
            )
        )
    return Draft(
        text=text,
        client_id=draft.client_id,
        kind=draft.kind,
        attachment_ids=files,
        mention_ids=_checked_mentions(draft),
    )


def _checked_mentions(draft: Draft) -> list[UUID]:
    mentions = sorted(set(draft.mention_ids))
    if mentions and draft.kind != "note":
        raise BadRequest(errors={"mentions": [_("Only a private note can mention somebody.")]})
    if len(mentions) > MAX_MENTIONS:
        raise TooLarge(
            own_digits(
                ngettext("Up to %(limit)d mention a note.", "Up to %(limit)d mentions a note.", MAX_MENTIONS)
                % {"limit": MAX_MENTIONS}
            )
        )
    return mentions
