"""Who a visitor's socket acts for: what a page says, what it proves, and the end of who they were before."""

import asyncio
import random
from abc import ABC, abstractmethod
from typing import Any, Final

import structlog

from conversations.actions.count_identity import Outcome, count_identity
from conversations.actions.describe_contact import describe_contact, identity_mode
from conversations.actions.identify_contact import Identified, identify_contact
from conversations.consumers.base import ConversationSocket
from conversations.models import Contact
from conversations.visitors import session_lives
from tenants.errors import DomainError, Expired, Unauthenticated
from tenants.events.groups import contact_group
from tenants.websocket import SUSPECT_SECONDS

log = structlog.get_logger()

# What tells a visitor's sockets that their session is over begins with.
ENDED: Final = '{"type":"session.ended"'
# Nothing is heard any more at once; the close comes a moment later, when the browser has kept what it is from now on.
END_SECONDS: Final = 2.0
ABOUT: Final = ("name", "email", "phone")


class IdentifyingSocket(ConversationSocket, ABC):
    """A socket of a contact, who may turn out to be another one."""

    # That of the session token; its holder is the actor.
    token_hash: str = ""

    @abstractmethod
    def described(self, contact: Contact) -> None:
        """Note that the contact of this socket is called otherwise now."""

    async def identify(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Take a signed token, else what the page or (``typed``) the visitor says."""
        if frame.get("token") is not None:
            return await self._prove(frame["token"])
        about = {name: frame[name] for name in ABOUT if frame.get(name) is not None}
        is_typed = frame.get("typed") is True
        if about and not is_typed:
            # Apart from what follows: a refusal is counted, too.
            await self.in_scope(self._count_unsigned)
        contact = await self.in_scope(describe_contact, actor=self.who(), is_typed=is_typed, **about)
        self.described(contact)
        return {"contact": _shape(contact)}

    def _count_unsigned(self) -> None:
        if identity_mode(actor=self.who()) != "off":
            self._count("unsigned")

    def _count(self, outcome: Outcome, reason: str = "") -> None:
        inbox_id = self.who().inbox_id
        assert inbox_id is not None  # noqa: S101 - a contact comes through an inbox
        count_identity(inbox_id=inbox_id, outcome=outcome, reason=reason)

    async def _prove(self, token: Any) -> dict[str, Any]:
        try:
            found = await self.in_scope(self._identified, token)
        except (Expired, Unauthenticated) as error:
            await self.in_scope(self._count, "refused", _reason(error))
            raise
        if found.session is None:
            self.described(found.contact)
            return {"contact": _shape(found.contact)}
        self._ending = asyncio.create_task(self._end())
        return {
            "contact": _shape(found.contact),
            "token": found.session.token,
            "handle": found.session.handle,
            "was_other": found.was_other,
        }

    def _identified(self, token: Any) -> Identified:
        found = identify_contact(actor=self.who(), token_hash=self.token_hash, token=token)
        self._count("signed")
        return found

    # --- The end of a session

    def deliver(self, text: str) -> None:
        if text.startswith(ENDED):
            self._ending = asyncio.create_task(self._end())
        else:
            super().deliver(text)

    async def _end(self) -> None:
        """Hear nothing any more, and make the browser come back as who it is now."""
        for conversation_id in list(self.followed):
            await self.unfollow(conversation_id)
        actor = self.who()
        assert actor.id is not None  # noqa: S101 - a contact has an id
        await self.leave(contact_group(actor.tenant_id, actor.id))
        await asyncio.sleep(END_SECONDS)
        await self.close(4401)

    def suspect(self) -> None:
        """Ask whether the session still stands: the hint that it is over may be among those that were lost."""
        super().suspect()
        self._checking = asyncio.create_task(self._check_session())

    async def _check_session(self) -> None:
        await asyncio.sleep(random.uniform(0, SUSPECT_SECONDS))  # noqa: S311 - spreads load
        if not self.is_open or self.actor is None:
            return
        try:
            if not await self.in_scope(session_lives, token_hash=self.token_hash):
                await self._end()
        except Exception:  # as with a heartbeat: the next suspicion asks again
            log.exception("socket.session_check_failed")


def _reason(error: DomainError) -> str:
    return next(iter(error.errors.get("token", ())), "")


def _shape(contact: Contact) -> dict[str, str]:
    return {"id": str(contact.pk), "name": contact.name, "email": contact.email}
