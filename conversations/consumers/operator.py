"""The operators' socket: the session's cookie says who it is, the Origin that our page opened it."""

import asyncio
import random
from typing import Any, ClassVar, Final
from uuid import UUID

import orjson
from channels.db import database_sync_to_async

from conversations.absence import came
from conversations.actions.mark_read import mark_read
from conversations.consumers.base import ConversationSocket, conversation_id_of, position_of
from conversations.consumers.board import board
from conversations.consumers.connections import presence
from conversations.consumers.origins import operator_origin_is_allowed
from conversations.events import ViewingChanged
from conversations.presence import Living, who_is_here
from conversations.queries import conversation_row, messages_before, readable
from operators.models import Operator
from operators.socket_session import operator_of_session
from tenants.errors import PermissionDenied
from tenants.events import Audience
from tenants.events.fanout import tell_soon
from tenants.events.groups import inbox_group, operator_group
from tenants.events.publish import ephemeral_hints
from tenants.permissions import Actor, Permission, require
from tenants.websocket import SUSPECT_SECONDS, WELCOME_SECONDS, Command

# Of the visitors who are here, so many are looked at, and so many of them shown.
MOST_KNOWN: Final = 2000
MOST_SHOWN: Final = 200
# After these an operator may do less, or nothing any more.
ACCESS_EVENTS: Final = ('{"type":"operator.deactivated"', '{"type":"operator.role_changed"')


class OperatorConsumer(ConversationSocket):
    audience = Audience.OPERATORS
    # Of the conversations that are followed, those looked at unseen.
    watched: set[UUID]

    async def opened(self) -> None:
        self.followed, self.parts, self.watched = set(), {}, set()
        if not operator_origin_is_allowed(self.scope):
            await self.close(4403)
            return
        actor = await self._find_actor()
        await self.accept()
        if actor is None or not actor.may(Permission.READ_CONVERSATIONS):
            await self.close(4401)
            return
        self.actor = actor
        await self.join(inbox_group(actor.tenant_id))
        await self.join(operator_group(actor.tenant_id, self.operator_id))
        await presence().arrive(self._living())
        await self.send_frame({"type": "welcome", **await self.in_scope(self._welcome)})
        self.start_heartbeat(within=WELCOME_SECONDS)

    async def _find_actor(self) -> Actor | None:
        return await database_sync_to_async(operator_of_session, thread_sensitive=False)(self.scope)

    @property
    def operator_id(self) -> UUID:
        found = self.who().id
        assert found is not None  # noqa: S101 - an operator has an id
        return found

    def _welcome(self) -> dict[str, Any]:
        operator = came(Operator.objects.get(pk=self.operator_id))
        tenant_id = self.who().tenant_id
        return {
            "operator": {
                "id": str(operator.pk),
                "name": operator.display_name,
                "availability": operator.availability,
            },
            "tenant_id": str(tenant_id),
            "contacts_online": sorted(str(pk) for pk in who_is_here(tenant_id=tenant_id, kind="contact")),
        }

    async def closed(self) -> None:
        if self.actor is None:
            return
        for conversation_id in self.followed - self.watched:
            await self._view(conversation_id, is_viewing=False)
        await presence().depart(self._living())
        await super().closed()

    def _living(self) -> Living:
        return Living(self.who().tenant_id, "operator", self.operator_id, self.channel_name)

    def suspect(self) -> None:
        """Have the list loaded afresh, too: of what is not open nobody compares positions."""
        super().suspect()
        self._reloading = asyncio.create_task(self._reload_list())

    async def _reload_list(self) -> None:
        await asyncio.sleep(random.uniform(0, SUSPECT_SECONDS))  # noqa: S311 - spreads load
        await self.send_frame({"type": "reload"})

    async def refresh(self) -> None:
        """Renew presence, and check that the session still stands: sockets outlive log-outs."""
        await presence().arrive(self._living())
        await board().compare(self.who().tenant_id)
        for conversation_id in self.followed - self.watched:
            await self._view(conversation_id, is_viewing=True)
        actor = await self._find_actor()
        if actor is None or actor.id != self.operator_id:
            await self.close(4401)

    def deliver(self, text: str) -> None:
        """Forward; and when it is about this very operator's access, ask anew who they are."""
        super().deliver(text)
        if text.startswith(ACCESS_EVENTS) and orjson.loads(text)["operator_id"] == str(self.operator_id):
            self._asking = asyncio.create_task(self._ask_anew())

    async def _ask_anew(self) -> None:
        actor = await self._find_actor()
        if actor is None:
            await self.close(4401)
        else:
            self.actor = actor

    # --- Commands

    async def open(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Look at a conversation: its snapshot, and from now on who types and reads in it.

        ``silent``: unseen by colleagues and by the contact, for whom nothing becomes read; who supervises may.
        """
        conversation_id = conversation_id_of(frame)
        is_silent = frame.get("silent") is True
        if is_silent:
            require(self.who(), Permission.WATCH_CONVERSATIONS)
        if len(self.followed) >= 50 and conversation_id not in self.followed:
            raise PermissionDenied("Close a conversation first.")
        conversation = await self.in_scope(readable, actor=self.who(), conversation_id=conversation_id)
        await self.follow(conversation_id)
        await self._look(conversation_id, is_silent=is_silent)
        contact_id: UUID = conversation.contact_id
        known = await presence().visitors(tenant_id=self.who().tenant_id, contact_ids=[contact_id])
        # Last, so that it is no older than what this socket may have been told by now.
        snapshot = await self.in_scope(self._snapshot, conversation_id)
        return {**snapshot, "visitor": known.get(contact_id)}

    async def _look(self, conversation_id: UUID, *, is_silent: bool) -> None:
        """Be seen looking at a conversation, or no longer."""
        if not is_silent:
            self.watched.discard(conversation_id)
            await self._view(conversation_id, is_viewing=True)
        elif conversation_id not in self.watched:
            self.watched.add(conversation_id)
            await self._view(conversation_id, is_viewing=False)

    def _snapshot(self, conversation_id: UUID) -> dict[str, Any]:
        row = conversation_row(conversation_id=conversation_id)
        messages, has_more = messages_before(conversation_id=conversation_id, audience=Audience.OPERATORS)
        return {"conversation": row, "messages": messages, "has_more": has_more}

    async def visitors(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Return who is on the sites now, the newest first, with the number of all."""
        actor = self.who()
        require(actor, Permission.READ_CONVERSATIONS)
        here = await presence().board(tenant_id=actor.tenant_id, kind="contact") or set()
        known = await presence().visitors(
            tenant_id=actor.tenant_id, contact_ids=sorted(here, reverse=True)[:MOST_KNOWN]
        )
        newest = sorted(known.values(), key=lambda one: one["since"], reverse=True)
        online = sorted(str(contact_id) for contact_id in here)
        return {"visitors": newest[:MOST_SHOWN], "contacts_online": online}

    async def close_conversation(self, frame: dict[str, Any]) -> dict[str, Any]:
        conversation_id = conversation_id_of(frame)
        if conversation_id in self.followed:
            await self.unfollow(conversation_id)
            if conversation_id not in self.watched:
                await self._view(conversation_id, is_viewing=False)
            self.watched.discard(conversation_id)
        return {}

    async def _view(self, conversation_id: UUID, *, is_viewing: bool) -> None:
        actor = self.who()
        operator = {"id": str(actor.id), "name": actor.name, "is_typing": False} if is_viewing else None
        viewers = await presence().view(
            tenant_id=actor.tenant_id,
            conversation_id=conversation_id,
            operator=operator,
            socket=self.channel_name,
        )
        told = ViewingChanged(
            conversation_id=conversation_id,
            operators=[{"id": v["id"], "name": v["name"], "is_typing": v["is_typing"]} for v in viewers],
        )
        tell_soon(actor.tenant_id, ephemeral_hints(told, actor.tenant_id))

    async def typing_start(self, frame: dict[str, Any]) -> None:
        require(self.who(), Permission.WRITE_MESSAGES)
        if conversation_id_of(frame) not in self.watched:
            await super().typing_start(frame)

    async def read(self, frame: dict[str, Any]) -> dict[str, Any]:
        if conversation_id_of(frame) in self.watched:
            return {}  # unseen, so nobody has read it
        await self.in_scope(
            mark_read,
            actor=self.who(),
            conversation_id=conversation_id_of(frame),
            position=position_of(frame),
        )
        return {}

    commands: ClassVar[dict[str, Command]] = {
        "open": open,
        "close": close_conversation,
        "visitors": visitors,
        "message.send": ConversationSocket.message_send,
        "typing.start": typing_start,
        "typing.stop": ConversationSocket.typing_stop,
        "resume": ConversationSocket.resume,
        "read": read,
    }
