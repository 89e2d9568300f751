"""What both sockets share: reading fields, sending messages on the hot path, resuming, typing."""

import asyncio
import random
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.utils.translation import gettext as _
from psycopg import Error as DatabaseError

from conversations.append import BAD_ATTACHMENT, answer, arguments, bad_attachment
from conversations.appending import append
from conversations.consumers.read_marks import read_marks
from conversations.drafts import Draft, checked, uuid_of
from conversations.events import TypingStarted, TypingStopped
from conversations.heads import heads
from conversations.mentions import known_mentions
from conversations.present import author_of
from conversations.queries import MAX_GAP, events_after, events_of_message, one_message, readable
from conversations.shapes import MessageShape
from tenants.errors import BadRequest, NotFound
from tenants.events import Audience
from tenants.events.fanout import tell_soon
from tenants.events.groups import conversation_group
from tenants.events.hub import Hint
from tenants.events.publish import ephemeral_hints, hints_again
from tenants.permissions import Actor
from tenants.rate_limit import Limit, hands
from tenants.websocket import SUSPECT_SECONDS, Socket

log = structlog.get_logger()


def conversation_id_of(frame: dict[str, Any]) -> UUID:
    """Return the conversation a frame names. Raises NotFound for anything that is no id."""
    found = uuid_of(frame.get("conversation_id"))
    if found is None:
        raise NotFound()
    return found


def position_of(frame: dict[str, Any]) -> int:
    """Return the position of a frame. Raises BadRequest unless it is a whole number from 0 up."""
    position = frame.get("position")
    if not isinstance(position, int) or isinstance(position, bool) or not 0 <= position < 2**62:
        raise BadRequest(errors={"position": [_("This must be a whole number.")]})
    return position


class ConversationSocket(Socket):
    """A socket that writes and reads conversations as ``who()``, for one audience."""

    audience: Audience
    # The conversations whose events reach this socket.
    followed: set[UUID]
    # What the sockets of others are told once the sender has its answer.
    after_answer: list[Hint]
    # Where the last answer to ``resume`` ended, in the conversations of which there is more.
    parts: dict[UUID, int]

    def who(self) -> Actor:
        """Return the actor. Before the greeting there is none, and no command is reached."""
        assert self.actor is not None, "greeted"  # noqa: S101 - narrows the type
        return self.actor

    async def spend(self) -> None:
        """Take one message from what this person, their network address and the tenant may send.

        Raises TooManyRequests with the seconds to wait.
        """
        actor, limits, purse = self.who(), settings.PARLEY_MESSAGE_LIMITS, hands()
        await purse.spend(f"person:{actor.tenant_id.hex}:{actor.reference}", Limit(*limits["person"]))
        if actor.is_contact:  # operators share an office
            await purse.spend(f"address:{self.address}", Limit(*limits["address"]))
        await purse.spend(f"messages:{actor.tenant_id.hex}", Limit(*limits["tenant"]))

    async def follow(self, conversation_id: UUID) -> None:
        """Hear what happens in a conversation. Who may was asked before."""
        if conversation_id not in self.followed:
            self.followed.add(conversation_id)
            heads().follow(self.who().tenant_id, conversation_id)
            await self.join(conversation_group(self.who().tenant_id, conversation_id, self.audience))

    async def unfollow(self, conversation_id: UUID) -> None:
        """Hear it no more."""
        self.followed.discard(conversation_id)
        heads().unfollow(self.who().tenant_id, conversation_id)
        await self.leave(conversation_group(self.who().tenant_id, conversation_id, self.audience))

    async def closed(self) -> None:
        for conversation_id in list(self.followed):
            await self.unfollow(conversation_id)

    def suspect(self) -> None:
        """Have the read marks told, too: they have no positions of their own that could be compared."""
        super().suspect()
        self._telling = asyncio.create_task(self._tell_read())

    async def _tell_read(self) -> None:
        await asyncio.sleep(random.uniform(0, SUSPECT_SECONDS))  # noqa: S311 - spreads load
        if not self.followed or not self.is_open:
            return
        try:
            for told in await self.in_scope(read_marks, list(self.followed), self.audience):
                await self.send_frame(told)
        except Exception:  # like a heartbeat that fails: it must not end the socket
            log.exception("socket.read_marks_failed")

    async def heads(self, *, since: float) -> dict[str, int]:
        if not self.followed:
            return {}
        return await heads().of(
            tenant_id=self.who().tenant_id,
            conversation_ids=self.followed,
            audience=self.audience,
            since=since,
        )

    async def message_send(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Send a message: one round trip to the database, the answer after the commit."""
        actor, conversation_id = self.who(), conversation_id_of(frame)
        draft = checked(actor=actor, draft=Draft.parse(frame))
        await self.spend()
        mentions = await self.in_scope(known_mentions, draft.mention_ids) if draft.mention_ids else ()
        values = arguments(actor=actor, conversation_id=conversation_id, draft=draft, mentions=mentions)
        try:
            rows = await append(values)
        except DatabaseError as error:
            if error.sqlstate == BAD_ATTACHMENT:
                raise bad_attachment() from error
            raise
        appended = answer(rows)
        if not appended.is_new:
            message, self.after_answer = await self.in_scope(self._sent_before, appended.message_id)
            return {"message": message, "is_new": False}
        # The sender hears first: the commit is what the answer means, the hints are for the others.
        self.after_answer = appended.hints(actor=actor, conversation_id=conversation_id)
        return {"message": appended.message(actor=actor), "is_new": True}

    def _sent_before(self, message_id: UUID) -> tuple[MessageShape, list[Hint]]:
        message = one_message(message_id=message_id, audience=self.audience)
        return message, hints_again(events_of_message(message_id=message_id))

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        self.after_answer = []
        await super().websocket_receive(message)
        hints = self.after_answer
        if hints:
            tell_soon(self.who().tenant_id, hints)

    async def typing_start(self, frame: dict[str, Any]) -> None:
        await self._typing(frame, TypingStarted)

    async def typing_stop(self, frame: dict[str, Any]) -> None:
        await self._typing(frame, TypingStopped)

    async def _typing(self, frame: dict[str, Any], kind: type[TypingStarted] | type[TypingStopped]) -> None:
        actor, conversation_id = self.who(), conversation_id_of(frame)
        if conversation_id not in self.followed:  # typing must cost no query
            raise NotFound()
        told = kind(conversation_id=conversation_id, author=author_of(actor))
        tell_soon(actor.tenant_id, ephemeral_hints(told, actor.tenant_id))

    async def resume(self, frame: dict[str, Any]) -> None:
        """Send the next part of what came after a position, or the word to load afresh."""
        conversation_id, after = conversation_id_of(frame), position_of(frame)
        if self.parts.pop(conversation_id, 0) == after > 0:
            self.bucket.give_back()  # whoever asks for the next part asks for the same thing
        answer = await self.in_scope(self._missed, conversation_id, after, frame.get("ref"))
        last = answer["events"][-1]["position"] if answer.get("events") else after
        if after < last < answer["head"]:
            self.parts[conversation_id] = last
        await self.send_frame(answer)

    def _missed(self, conversation_id: UUID, after: int, ref: Any) -> dict[str, Any]:
        conversation = readable(actor=self.who(), conversation_id=conversation_id)
        is_contact = self.audience is Audience.CONTACT
        head = conversation.contact_position if is_contact else conversation.operators_position
        about = {"ref": ref, "conversation_id": str(conversation_id), "head": head}
        # A position ahead of the head was never given out: the client's copy is of another world.
        if not 0 <= head - after <= MAX_GAP:
            return {"type": "reload", **about}
        events = events_after(conversation_id=conversation_id, audience=self.audience, after=after)
        return {"type": "events", "events": events, **about}
