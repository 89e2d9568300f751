"""Putting a mail into the queue, in the transaction that makes it due."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from email.utils import formataddr, parseaddr
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tenants.clock import now
from tenants.ids import uuid7
from tenants.mail.render import render
from tenants.mail.wording import header_text
from tenants.models.outgoing_mail import OutgoingMail
from tenants.scoping import current_tenant_id
from tenants.timers import set_timer

# The timer that makes a mail due. It has no handler: tenants.mail.delivery claims it.
DUE: Final = "mail"

# Nobody's holiday notice shall answer a machine (RFC 3834, and Exchange's own header).
AUTOMATIC: Final = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def queue_mail(
    *,
    to: str,
    template: str,
    language: str,
    context: Mapping[str, Any] | None = None,
    subject: str | None = None,
    headers: Mapping[str, str] | None = None,
    reply_to: str | None = None,
    kind: str = "",
    subject_id: UUID | None = None,
    from_name: str = "",
    send_at: datetime | None = None,
) -> OutgoingMail:
    """Render a mail in a language and queue it; a worker sends it within seconds of the commit.

    Args:
        to: one address.
        template: name of ``templates/email/<template>.{subject.txt,txt,html}``.
        language: en, ar, fa or lt.
        context: what the templates show. With ``unsubscribe_url`` the footer offers it, and so do the
            headers of RFC 8058: a POST to that address must unsubscribe at once.
        subject: replaces the subject's template (a thread keeps its subject).
        headers: further headers, such as References.
        reply_to: an address for answers.
        kind: what sort of mail it is, by default the template's name.
        subject_id: what it is about; earlier mails are found by kind and this.
        from_name: who it comes from; by default the name in PARLEY_MAIL_FROM.
        send_at: not before this moment.

    Raises:
        ValueError: not one valid address, or a language Parley does not speak.
    """
    context = dict(context or {})
    rendered = render(template=template, language=language, context=context, subject=subject)
    mail_id = uuid7()
    mail = OutgoingMail(
        id=mail_id,
        tenant_id=current_tenant_id(),
        kind=kind or template,
        subject_id=subject_id,
        to=_address(to),
        sender=sender(from_name),
        reply_to=_address(reply_to) if reply_to else "",
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        language=language,
        headers=_headers(headers or {}, unsubscribe_url=context.get("unsubscribe_url", "")),
        message_id=_message_id(mail_id),
        created_at=now(),
    )
    mail.save(force_insert=True)
    set_timer(kind=DUE, subject_id=mail_id, due_at=send_at or now())
    return mail


def sender(name: str = "") -> str:
    """Return the From header: a name of our choice before the one address Parley writes from."""
    own_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((header_text(name, length=100) or own_name, address))


def _address(text: str) -> str:
    try:
        validate_email(text.strip())
    except ValidationError as error:
        raise ValueError(f"not one valid e-mail address: {text!r}") from error
    return text.strip()


def _headers(given: Mapping[str, str], *, unsubscribe_url: str) -> dict[str, str]:
    made = {**AUTOMATIC, **{name: header_text(value, length=2000) for name, value in given.items()}}
    if unsubscribe_url:
        made["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return made


def _message_id(mail_id: UUID) -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = address.rpartition("@")[2] or urlsplit(settings.PARLEY_ORIGIN).hostname
    return f"<{mail_id.hex}.{secrets.token_hex(4)}@{domain}>"
