"""A queued mail as the bytes that are sent."""

from email.charset import BASE64, QP, Charset
from email.header import Header

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.http import http_date

from tenants.models.outgoing_mail import OutgoingMail


def message_bytes(mail: OutgoingMail) -> bytes:
    """Return the mail as RFC 5322 has it, in seven-bit lines that every server takes."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            **mail.headers,
            "Message-ID": mail.message_id,
            "Date": http_date(timezone.now().timestamp()).replace("GMT", "+0000"),
            "Content-Language": mail.language,
        },
    )
    charset = Charset("utf-8")
    # Base64 where most letters are not Latin: quoted-printable would make six characters of each.
    is_latin = sum(char.isascii() for char in mail.text) * 3 > len(mail.text) * 2
    charset.body_encoding = QP if is_latin else BASE64
    message.encoding = charset  # Django takes a Charset as well as a name
    message.attach_alternative(mail.html, "text/html")
    made = message.message()
    # Told its name, the header leaves room for it; otherwise an encoded subject begins on an empty line.
    charset_name = None if mail.subject.isascii() else "utf-8"
    made.replace_header("Subject", Header(mail.subject, charset_name, header_name="Subject"))
    content: bytes = made.as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own message class
    return content
