"""The contact's socket. A token in the first frame says who it is; no cookie is looked at."""

import asyncio
from typing import Any, ClassVar, Final, cast
from uuid import UUID

import orjson

from conversations.actions.describe_contact import describe_contact
from conversations.actions.mark_read import mark_delivered, mark_read
from conversations.actions.rate import rate
from conversations.actions.resolve import resolve
from conversations.actions.start_conversation import LANGUAGES, start_conversation
from conversations.actions.update_contact import update_contact
from conversations.availability import inbox_state
from conversations.consumers.base import ConversationSocket, conversation_id_of, position_of
from conversations.consumers.board import board
from conversations.consumers.identity import IdentifyingSocket
from conversations.consumers.inbox_states import FRESH_SECONDS, STALE_SECONDS, shared_state
from conversations.consumers.origins import contact_origin_is_allowed
from conversations.drafts import uuid_of
from conversations.models import Contact
from conversations.queries import contact_conversation
from conversations.shapes import VisitorShape
from conversations.visitors import Visitor, greet_visitor, hash_token
from conversations.whereabouts import page_of
from tenants.clock import now
from tenants.errors import BadRequest, DomainError, NotFound, Unauthenticated, error_frame
from tenants.events import Audience
from tenants.events.fanout import hint, tell_soon
from tenants.events.groups import contact_group
from tenants.events.registry import iso
from tenants.websocket import HELLO_SECONDS, WELCOME_SECONDS, Command

# What a frame about a conversation begun in another tab begins with.
STARTED: Final = '{"type":"conversation.started"'


class ContactConsumer(IdentifyingSocket):
    audience = Audience.CONTACT

    async def opened(self) -> None:
        self.followed: set[UUID] = set()
        self.parts: dict[UUID, int] = {}
        self._patience: asyncio.TimerHandle | None = None
        self.inbox: dict[str, Any] = {}
        if not contact_origin_is_allowed(self.scope):
            await self.close(4403)
            return
        await self.accept()
        self._patience = asyncio.get_running_loop().call_later(HELLO_SECONDS, self._miss_hello)

    def _miss_hello(self) -> None:
        if self.actor is None:
            self._closing = asyncio.create_task(self.close(4408))

    async def closed(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
        if self.actor is not None:
            await board().depart(
                tenant_id=self.who().tenant_id, contact_id=self.contact_id, socket=self.channel_name
            )
        await super().closed()

    async def answer(self, frame: dict[str, Any]) -> dict[str, Any] | None:
        if frame["type"] == "hello":
            await self._greet(frame)
            return None
        if self.actor is None:
            await self.send_frame(error_frame(Unauthenticated(), ref=frame.get("ref")))
            await self.close(4401)
            return None
        return await super().answer(frame)

    # --- Greeting

    async def _greet(self, frame: dict[str, Any]) -> None:
        token = frame.get("token")
        try:
            token = token if isinstance(token, str) else ""
            visitor = await greet_visitor(token=token)
        except DomainError as error:
            await self.send_frame(self.refusal(error, None))
            await self.close(error.close_code)
            return
        self.actor, self.token_hash = visitor.actor, hash_token(token)
        await self.join(contact_group(visitor.actor.tenant_id, self.contact_id))
        for conversation in visitor.conversations:
            await self.follow(UUID(conversation["id"]))
        self.inbox = await self._inbox_state()
        welcome = {"contact": visitor.contact, "conversations": visitor.conversations, "inbox": self.inbox}
        await self.send_frame({"type": "welcome", **welcome})
        self.start_heartbeat(within=WELCOME_SECONDS)
        self._begin_visit(visitor, frame)
        await board().arrive(tenant_id=self.who().tenant_id, visitor=self.visiting, socket=self.channel_name)
        board().move(tenant_id=self.who().tenant_id, visitor=self.visiting)

    def _begin_visit(self, visitor: Visitor, frame: dict[str, Any]) -> None:
        page_url, page_title = page_of(frame.get("page"))
        latest = max(visitor.conversations, key=lambda one: str(one["created_at"]), default=None)
        self.visiting: VisitorShape = {
            "contact_id": str(self.contact_id),
            "inbox_id": str(self.inbox_id),
            "name": self.who().name,
            "language": visitor.contact["language"],
            "page_url": page_url,
            "page_title": page_title,
            "since": iso(now()),
            "conversation_id": latest["id"] if latest else None,
        }

    async def _inbox_state(self, *, seconds: float = FRESH_SECONDS) -> dict[str, Any]:
        inbox_id = self.inbox_id
        return await shared_state(
            inbox_id, lambda: self.in_scope(inbox_state, inbox_id=inbox_id), seconds=seconds
        )

    @property
    def contact_id(self) -> UUID:
        found = self.who().id
        assert found is not None  # noqa: S101 - a contact has an id
        return found

    @property
    def inbox_id(self) -> UUID:
        found = self.who().inbox_id
        assert found is not None  # noqa: S101 - a contact comes through an inbox
        return found

    # --- Presence and heads

    def _tell(self, **changes: Any) -> None:
        """Have operators told what is new about this visit."""
        self.visiting = cast("VisitorShape", {**self.visiting, **changes})
        board().move(tenant_id=self.who().tenant_id, visitor=self.visiting)

    async def page(self, frame: dict[str, Any]) -> None:
        """Note which page the visitor is on now. However often it changes, it is told once a second at most."""
        url, title = page_of(frame.get("page"))
        if (url, title) != (self.visiting["page_url"], self.visiting["page_title"]):
            self._tell(page_url=url, page_title=title)

    async def refresh(self) -> None:
        """Renew presence; tell when the inbox opened or closed, or the last operator left."""
        board().renew(
            tenant_id=self.who().tenant_id,
            contact_id=self.contact_id,
            socket=self.channel_name,
            visiting=lambda: self.visiting,
        )
        state = await self._inbox_state(seconds=STALE_SECONDS)
        if state != self.inbox:
            self.inbox = state
            await self.send_frame({"type": "inbox.changed", **state})

    # --- Commands

    async def conversation_start(self, frame: dict[str, Any]) -> dict[str, Any]:
        client_id = uuid_of(frame.get("client_id"))
        if client_id is None:
            raise BadRequest(errors={"client_id": ["This must be a UUID."]})
        conversation = await self.in_scope(self._start, frame, client_id)
        await self.follow(UUID(conversation["id"]))
        self._tell(conversation_id=conversation["id"])
        # The other tabs of this visitor learn of it and follow too.
        tab = {"type": "conversation.started", "conversation": conversation}
        tenant_id = self.who().tenant_id
        tell_soon(tenant_id, [hint(contact_group(tenant_id, self.contact_id), tab, skip=self.channel_name)])
        return {"conversation": conversation}

    def _start(self, frame: dict[str, Any], client_id: UUID) -> dict[str, Any]:
        actor = self.who()
        about = {name: frame[name] for name in ("name", "email") if frame.get(name)}
        if about:
            contact = describe_contact(actor=actor, is_typed=True, **about)
            self.visiting = {**self.visiting, "name": contact.display_name}
        conversation = start_conversation(
            actor=actor,
            inbox_id=self.inbox_id,
            contact_id=self.contact_id,
            client_id=client_id,
            language=str(frame.get("language") or actor.language or "en"),
        )
        return dict(contact_conversation(conversation_id=conversation.pk))

    def deliver(self, text: str) -> None:
        """Forward; when another tab of the same visitor began a conversation, follow it first."""
        if text.startswith(STARTED):
            self._following = asyncio.create_task(self._follow_started(text))
        else:
            super().deliver(text)

    async def _follow_started(self, text: str) -> None:
        conversation_id = orjson.loads(text)["conversation"]["id"]
        await self.follow(UUID(conversation_id))
        self._tell(conversation_id=conversation_id)
        super().deliver(text)
        # What was said in it before this socket listened is found by its head.
        self.start_heartbeat(within=WELCOME_SECONDS)

    async def conversation_end(self, frame: dict[str, Any]) -> dict[str, Any]:
        await self.in_scope(resolve, actor=self.who(), conversation_id=conversation_id_of(frame))
        return {}

    async def read(self, frame: dict[str, Any]) -> dict[str, Any]:
        await self.in_scope(
            mark_read,
            actor=self.who(),
            conversation_id=conversation_id_of(frame),
            position=position_of(frame),
        )
        return {}

    async def delivered(self, frame: dict[str, Any]) -> None:
        await self.in_scope(
            mark_delivered,
            actor=self.who(),
            conversation_id=conversation_id_of(frame),
            position=position_of(frame),
        )

    def described(self, contact: Contact) -> None:
        self._tell(name=contact.display_name)

    async def language(self, frame: dict[str, Any]) -> dict[str, Any]:
        if frame.get("language") not in LANGUAGES:
            raise BadRequest(errors={"language": ["Choose one of: " + ", ".join(LANGUAGES)]})
        await self.in_scope(
            update_contact, actor=self.who(), contact_id=self.contact_id, language=frame["language"]
        )
        return {}

    async def rate(self, frame: dict[str, Any]) -> dict[str, Any]:
        score, comment = frame.get("score"), frame.get("comment") or ""
        if not isinstance(score, int) or isinstance(score, bool) or not isinstance(comment, str):
            raise BadRequest(errors={"score": ["Choose a score from 1 to 5."]})
        conversation_id = conversation_id_of(frame)
        if conversation_id not in self.followed:
            raise NotFound()
        rating = await self.in_scope(
            rate, actor=self.who(), conversation_id=conversation_id, score=score, comment=comment
        )
        return {"rating": {"score": rating.score, "comment": rating.comment, "can_rate": not rating.comment}}

    commands: ClassVar[dict[str, Command]] = {
        "conversation.start": conversation_start,
        "conversation.end": conversation_end,
        "message.send": ConversationSocket.message_send,
        "typing.start": ConversationSocket.typing_start,
        "typing.stop": ConversationSocket.typing_stop,
        "resume": ConversationSocket.resume,
        "read": read,
        "delivered": delivered,
        "identify": IdentifyingSocket.identify,
        "page": page,
        "language": language,
        "rate": rate,
    }
