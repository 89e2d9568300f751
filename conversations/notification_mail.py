"""What an operator was told and has not read goes to them by e-mail, when they are not here."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from conversations.models import Conversation, Notification
from conversations.notifications import MAIL_DUE, PATIENCE
from conversations.presence import is_here
from operators.models import Operator
from tenants.clock import now
from tenants.mail import queue_mail
from tenants.mail.wording import direction
from tenants.models import Tenant
from tenants.scoping import current_tenant_id
from tenants.templatetags.mail import isolate
from tenants.timers import set_timer

MAX_MESSAGES: Final = 10
# Later than this it is no news (Parley was down, or they had the inbox open all the while).
LATEST: Final = timedelta(days=2)


SENTENCES: Final = {
    "mention": _("%(name)s mentioned you in the conversation with %(contact)s."),
    "invited": _("%(name)s invites you to the conversation with %(contact)s."),
    "transfer": _("%(name)s handed over the conversation with %(contact)s."),
    "returned": _("%(name)s did not take over the conversation with %(contact)s: it is still yours."),
    "taken_over": _("%(name)s took over the conversation with %(contact)s."),
}


def mail_notification(notification_id: UUID) -> None:
    """Mail a notification, with the others of its conversation; later while the operator is here; or not at all."""
    found = Notification.objects.select_related("operator__user").filter(pk=notification_id).first()
    if found is None:
        return
    operator: Operator = found.operator
    if not operator.is_active or not operator.wants("mentions"):
        return
    # Locked: each has a timer of its own, and several may be due at once.
    rows = list(
        Notification.objects.select_for_update(no_key=True, of=("self",))
        .select_related("message", "conversation__contact")
        .filter(
            operator=operator,
            conversation=found.conversation_id,
            read_at=None,
            mailed_at=None,
            created_at__gt=now() - LATEST,
        )
        .order_by("pk")
    )
    if found.pk not in [row.pk for row in rows]:
        return
    if is_here(tenant_id=current_tenant_id(), kind="operator", owner=operator.pk):
        # Their bell rings. Should they leave without looking, the mail goes then.
        set_timer(kind=MAIL_DUE, subject_id=notification_id, due_at=now() + PATIENCE)
        return
    _mail(operator, rows)
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=now())


def _mail(operator: Operator, rows: Sequence[Notification]) -> None:
    tenant = Tenant.objects.get(pk=current_tenant_id())
    language = operator.user.language or tenant.language
    conversation: Conversation = rows[0].conversation
    place = f"#m{rows[0].message.operators_position}" if rows[0].message else ""
    with translation.override(language):
        sentence = _sentence(rows[0])
    queue_mail(
        to=operator.user.email,
        template="notification",
        kind="notification",
        subject_id=conversation.pk,
        language=language,
        from_name=tenant.name,
        context={
            "tenant_name": tenant.name,
            "sentence": sentence,
            "messages": [_shown(row, language) for row in rows[:MAX_MESSAGES] if row.message],
            "link": f"{settings.PARLEY_ORIGIN}/inbox/{conversation.pk}/?view=all{place}",
            "settings_url": f"{settings.PARLEY_ORIGIN}/settings/profile/",
        },
    )


def _sentence(row: Notification) -> str:
    names = {"name": isolate(row.by_name), "contact": isolate(row.conversation.contact.display_name)}
    return str(SENTENCES[row.kind]) % names


def _shown(row: Notification, language: str) -> dict[str, Any]:
    message = row.message
    return {
        "author": message.author_name,
        "text": message.text,
        "direction": direction(language) if message.direction == "auto" else message.direction,
    }
