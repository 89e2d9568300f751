"""The conversation with the mail server, step by step, so that it is known what an error leaves behind."""

import smtplib
from collections.abc import Callable
from email.utils import parseaddr
from typing import Final, Self

from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

# One answer may take this long; five of them must end before the lease of the mail does.
ANSWER_SECONDS: Final = 8


class NoServer(Exception):
    """No connection, or the log-in failed: nothing of any mail was sent."""


class TryAgain(Exception):
    """The server did not take the mail, this time."""


class Refused(Exception):
    """The server will never take the mail."""


class InDoubt(Exception):
    """The mail was on the wire when the connection broke: nobody knows whether it arrived."""


class Courier:
    """One connection for a run of mails, opened by the first and again after it broke."""

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self._hang_up()

    def deliver(self, *, sender: str, to: str, content: bytes, before_content: Callable[[], None]) -> None:
        """Hand one mail over. ``before_content`` is called when the next byte could deliver it.

        Raises NoServer, TryAgain, Refused, InDoubt.
        """
        server = self._server()
        try:
            _expect(server.mail(_envelope(sender)), refusal_is_final=False)
            _expect(server.rcpt(_envelope(to)), refusal_is_final=True)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise TryAgain(str(error)) from error
        except (TryAgain, Refused):
            self._forget_envelope(server)
            raise
        before_content()
        try:
            answer = server.data(content)
        except smtplib.SMTPDataError as error:
            # The server answered DATA itself with a refusal: the content never left.
            self._forget_envelope(server)
            answer = error.smtp_code, _bytes(error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise InDoubt(str(error)) from error
        _expect(answer, refusal_is_final=True)

    def _server(self) -> smtplib.SMTP:
        if self._backend is None:
            backend = EmailBackend(timeout=ANSWER_SECONDS)
            try:
                backend.open()
            except (OSError, smtplib.SMTPException) as error:
                raise NoServer(str(error)) from error
            self._backend = backend
        server = self._backend.connection
        if server is None:
            raise NoServer("the connection was not opened")
        server.ehlo_or_helo_if_needed()
        return server

    def _forget_envelope(self, server: smtplib.SMTP) -> None:
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.fail_silently = True
            backend.close()


def _expect(answer: tuple[int, bytes], *, refusal_is_final: bool) -> None:
    code, said = answer
    if 200 <= code < 300:
        return
    text = f"{code} {said.decode('utf-8', 'replace')}"
    # A refused sender is our configuration's fault, which somebody may mend; a refused receiver or text is not.
    if code >= 500 and refusal_is_final:
        raise Refused(text)
    raise TryAgain(text)


def _envelope(address: str) -> str:
    return sanitize_address(parseaddr(address)[1], "utf-8")


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
