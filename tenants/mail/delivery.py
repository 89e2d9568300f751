"""The sender: what is due, one mail at a time, each step a transaction of its own.

queued -> (leased) -> sending -> sent. The lease is the mail's timer, moved on: a worker that dies gives
the mail back when it runs out. A mail found in ``sending`` was on the wire when its worker died, so
nobody knows whether it arrived: it is tried once more under the same Message-ID, then left as
``unknown`` for a person to see. Nothing is lost silently and nothing is repeated silently. A person may
have a troubled mail sent again, or give it up (``dropped``): see ``tenants.actions.settle_mail``.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from tenants.clock import now
from tenants.mail.mime import message_bytes
from tenants.mail.queue import DUE
from tenants.mail.smtp import Courier, InDoubt, NoServer, Refused, TryAgain
from tenants.models.outgoing_mail import OutgoingMail
from tenants.models.timer import Timer
from tenants.scoping import TenantId, tenant_scope

log = structlog.get_logger()

# Longer than a task may live (see tenants.tasks.send_mail), so that no two workers hold one mail.
LEASE: Final = timedelta(seconds=55)
# Pauses after the first, second, ... failed attempt; after the last the mail has failed. About 40 hours in all.
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 5, 15, 60, 180, 360, 360, 720, 720))
MAX_DOUBTS: Final = 1
# What came of a mail is known to nobody but us: a database that is away is waited for so long. The lease lasts longer.
INSIST_SECONDS: Final = 20.0
ASK_AGAIN_SECONDS: Final = 0.5

State = OutgoingMail.State


def send_due(*, seconds: float = 8.0, limit: int = 200) -> int:
    """Send what is due, for at most ``seconds``; the one begun is ended. Returns how many were sent.

    Any number of workers may do this at once. When no server can be reached the rest waits for the
    next call.
    """
    until = time.monotonic() + seconds
    sent = 0
    with Courier() as courier:
        for _ in range(limit):
            mail = _claim()
            if mail is None:
                break
            try:
                sent += _attempt(courier, mail)
            except NoServer as error:
                log.warning("mail.no_server", error=str(error))
                _put_off(mail, str(error))
                break
            if time.monotonic() >= until:
                break
    return sent


def _claim() -> OutgoingMail | None:
    """Return the mail that is due longest, leased to us; None when nothing is."""
    while True:
        with transaction.atomic():
            due = (
                Timer.objects.select_for_update(skip_locked=True)
                .filter(kind=DUE, due_at__lte=now())
                .order_by("due_at")
                .first()
            )
            if due is None:
                return None
            with tenant_scope(due.tenant_id):
                mail = OutgoingMail.objects.filter(pk=due.subject_id).first()
                if mail is None or not _may_be_tried(mail):
                    due.delete()
                    continue
                mail.attempts += 1
                mail.save(update_fields=["state", "attempts", "doubts", "last_error"])
                due.due_at = now() + LEASE
                due.save(update_fields=["due_at"])
                return mail


def _may_be_tried(mail: OutgoingMail) -> bool:
    if mail.state == State.SENDING:
        _doubt(mail, "the worker died while sending")
        if mail.state == State.UNKNOWN:
            mail.save(update_fields=["state", "doubts", "last_error"])
    return mail.state == State.QUEUED


def _doubt(mail: OutgoingMail, why: str) -> None:
    mail.doubts += 1
    mail.last_error = why[:300]
    mail.state = State.UNKNOWN if mail.doubts > MAX_DOUBTS else State.QUEUED
    log.warning("mail.in_doubt", mail=str(mail.pk), state=str(mail.state), why=why)


def _attempt(courier: Courier, mail: OutgoingMail) -> bool:
    """Try one mail and write down what came of it. Raises NoServer."""
    try:
        content = message_bytes(mail)
    except ValueError as error:  # a header that cannot be written; the next mail is not to blame
        _end(mail, state=State.FAILED, error=str(error))
        return False
    try:
        courier.deliver(
            sender=mail.sender,
            to=mail.to,
            content=content,
            before_content=partial(_change, mail, state=State.SENDING),
        )
    except TryAgain as error:
        _put_off(mail, str(error))
    except Refused as error:
        _end(mail, state=State.FAILED, error=str(error))
    except InDoubt as error:
        _doubt(mail, str(error))
        if mail.state == State.UNKNOWN:
            _end(mail, state=State.UNKNOWN, error=str(error))
        else:
            _put_off(mail, str(error))
    else:
        _end(mail, state=State.SENT, error="")
        return True
    return False


def _put_off(mail: OutgoingMail, error: str) -> None:
    """Wait for the next attempt, or give up after the last."""
    if mail.attempts > len(PAUSES):
        _end(mail, state=State.FAILED, error=error)
        return
    due_at = now() + PAUSES[mail.attempts - 1]

    def write() -> None:
        _change(mail, state=State.QUEUED, doubts=mail.doubts, last_error=error[:300])
        timer = Timer.objects.filter(tenant_id=mail.tenant_id, kind=DUE, subject_id=mail.pk)
        if not timer.update(due_at=due_at):  # somebody gave the mail up while it was on its way
            _change(mail, state=State.DROPPED)

    _insist(mail, write)


def _end(mail: OutgoingMail, *, state: str, error: str) -> None:
    if state != State.SENT:
        log.error("mail.failed", mail=str(mail.pk), kind=mail.kind, state=str(state), error=error)
    sent_at = now() if state == State.SENT else None

    def write() -> None:
        _change(mail, state=state, doubts=mail.doubts, last_error=error[:300], sent_at=sent_at)
        Timer.objects.filter(tenant_id=mail.tenant_id, kind=DUE, subject_id=mail.pk).delete()

    _insist(mail, write)


def _insist(mail: OutgoingMail, write: Callable[[], None]) -> None:
    """Write down what came of a mail, again while the database is away. Raises its error in the end."""
    until = time.monotonic() + INSIST_SECONDS
    while True:
        try:
            with tenant_scope(TenantId(mail.tenant_id)):
                write()
        except (InterfaceError, OperationalError):
            if time.monotonic() > until:
                raise
            connection.close()
            time.sleep(ASK_AGAIN_SECONDS)
        else:
            return


def _change(mail: OutgoingMail, **fields: object) -> None:
    with tenant_scope(TenantId(mail.tenant_id)):
        OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
