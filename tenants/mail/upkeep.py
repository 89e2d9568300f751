"""Mails that need somebody's eye, and mails nobody needs any more."""

from datetime import timedelta
from typing import Final

from django.db.models import OuterRef, Q, Subquery

from tenants.clock import now
from tenants.mail.queue import DUE
from tenants.models.outgoing_mail import OutgoingMail
from tenants.models.timer import Timer
from tenants.timers import set_timer

# The text of a sent mail goes after this; that it was sent stays, for the thread it belongs to.
KEPT: Final = timedelta(days=30)

State = OutgoingMail.State
TROUBLED: Final = Q(state__in=[State.FAILED, State.UNKNOWN]) | Q(state=State.QUEUED, attempts__gt=0)


def mails_in_trouble(*, limit: int = 100) -> list[OutgoingMail]:
    """Return mails that failed, whose fate is unknown, or that wait for another attempt; newest first, no texts.

    ``due_at`` of each is the moment of its next attempt; None when there will be none.
    """
    timers = Timer.objects.filter(tenant_id=OuterRef("tenant_id"), kind=DUE, subject_id=OuterRef("pk"))
    troubled = OutgoingMail.objects.filter(TROUBLED).annotate(due_at=Subquery(timers.values("due_at")[:1]))
    return list(troubled.defer("text", "html").order_by("-created_at")[:limit])


def send_again(mail: OutgoingMail) -> None:
    """Queue a mail afresh that failed or whose fate is unknown; it keeps its Message-ID. Others are left alone."""
    renewed = OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.FAILED, State.UNKNOWN]).exclude(
        html=""
    )
    if renewed.update(state=State.QUEUED, attempts=0, doubts=0, last_error=""):
        set_timer(kind=DUE, subject_id=mail.pk, due_at=now())


def forget_texts() -> int:
    """Empty the texts of mails that were sent, or begun and given up, over KEPT ago. Returns how many."""
    before = now() - KEPT
    old = Q(state=State.SENT, sent_at__lt=before) | Q(state=State.DROPPED, created_at__lt=before)
    return OutgoingMail.objects.filter(old).exclude(html="").update(text="", html="")
