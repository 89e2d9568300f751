"""What a person decides about a mail that could not be delivered: try once more, or leave it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.audit import record
from tenants.clock import now
from tenants.errors import Conflict, NotFound
from tenants.mail.queue import DUE
from tenants.mail.upkeep import TROUBLED, send_again
from tenants.models.outgoing_mail import OutgoingMail
from tenants.models.timer import Timer
from tenants.permissions import Actor, Permission, require
from tenants.timers import cancel_timer, set_timer

State = OutgoingMail.State


@transaction.atomic
def retry_mail(*, actor: Actor, mail_id: UUID) -> None:
    """Send a troubled mail again now: one that failed or may have arrived with all its tries, one that waits at once.

    Raises PermissionDenied, NotFound, Conflict when the mail is not in trouble any more.
    """
    mail = _troubled(actor=actor, mail_id=mail_id)
    if mail.state == State.QUEUED:
        set_timer(kind=DUE, subject_id=mail.pk, due_at=now())
    else:
        send_again(mail)
    record(actor=actor, action="mail.retried", target=f"mail:{mail.pk}", changes={"to": mail.to})


@transaction.atomic
def give_up_mail(*, actor: Actor, mail_id: UUID) -> None:
    """Never try a troubled mail again. An attempt on its way at this moment still ends as it ends.

    Raises PermissionDenied, NotFound, Conflict when the mail is not in trouble any more.
    """
    mail = _troubled(actor=actor, mail_id=mail_id)
    cancel_timer(kind=DUE, subject_id=mail.pk)
    mail.state = State.DROPPED
    mail.save(update_fields=["state"])
    record(actor=actor, action="mail.given_up", target=f"mail:{mail.pk}", changes={"to": mail.to})


def _troubled(*, actor: Actor, mail_id: UUID) -> OutgoingMail:
    require(actor, Permission.WRITE_SETTINGS)
    if not OutgoingMail.objects.filter(pk=mail_id).exists():
        raise NotFound()
    # Never wait for the sender, which may hold either row and want the other.
    timers = Timer.objects.filter(tenant_id=actor.tenant_id, kind=DUE, subject_id=mail_id)
    is_free = timers.count() == len(timers.select_for_update(skip_locked=True))
    mails = OutgoingMail.objects.select_for_update(skip_locked=True).defer("text", "html")
    mail = mails.filter(TROUBLED, pk=mail_id).first()
    if mail is None or not is_free:
        raise Conflict(_("This mail was sent or given up in the meantime, or is being sent now."))
    return mail
