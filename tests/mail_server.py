"""A real SMTP server on loopback that keeps what it accepts, and can be told to misbehave."""

import asyncio
import email
import email.policy
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class MailServer:
    """``accepted`` holds the mails answered with 250; ``answers`` the replies of coming DATA commands, in order."""

    port: int
    accepted: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refused_recipients: set[str] = field(default_factory=set)
    # Set while a DATA command waits for ``release``.
    is_holding: threading.Event = field(default_factory=threading.Event)
    hold_next: bool = False
    # Done when the content of a mail is there, before it is answered.
    before_answer: Callable[[], None] | None = None
    # What a held mail was: received whole, but never answered.
    held: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  aiosmtpd finds it by its name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused_recipients:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = email.message_from_bytes(content, policy=email.policy.default)
        if self.hold_next:
            self.hold_next = False
            self.held.append(message)
            self.is_holding.set()
            await asyncio.sleep(60)  # ends with the connection: aiosmtpd cancels it
        if self.before_answer is not None:
            await asyncio.to_thread(self.before_answer)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "hang up":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "421 bye"
        if answer.startswith("250"):
            self.accepted.append(message)
            self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        return answer


@contextmanager
def mail_server(*, port: int = 0) -> Iterator[MailServer]:
    """Serve until the end of the block, on a thread of its own."""
    listening = socket.create_server(("localhost", port))
    kept = MailServer(port=int(listening.getsockname()[1]))
    loop = asyncio.new_event_loop()
    started, stopping = threading.Event(), asyncio.Event()

    async def serve() -> None:
        server = await loop.create_server(lambda: SMTP(kept, hostname="localhost", loop=loop), sock=listening)
        started.set()
        await stopping.wait()
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), name="smtp", daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield kept
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(10)
        loop.close()
