"""/mail/: what the mail catcher has caught. Mounted only when PARLEY_MAIL_CATCHER_DIR says where that is."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_sameorigin

NAME = re.compile(r"[0-9]{20}")
PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A mail is somebody else's HTML: it gets no script, no origin and no network but pictures. Links open a new tab.
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: http: https:; frame-ancestors 'self'"
)


@dataclass(frozen=True)
class CaughtMail:
    """One message on disk, read when a page asks for a part of it."""

    name: str
    caught_at: datetime
    message: EmailMessage

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def reply_to(self) -> str:
        return str(self.message["Reply-To"] or "")

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        return str(body.get_content()) if body is not None else ""


def _folder() -> Path:
    return Path(settings.PARLEY_MAIL_CATCHER_DIR)


def _read(file: Path) -> CaughtMail:
    message = message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=modern)
    caught_at = datetime.fromtimestamp(int(file.stem) / 1e9, tz=UTC)
    return CaughtMail(name=file.stem, caught_at=caught_at, message=message)


def _find(name: str) -> CaughtMail:
    file = _folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not file.is_file():
        raise Http404
    return _read(file)


def mail_list(request: HttpRequest) -> HttpResponse:
    """The newest 100, newest first."""
    files = sorted(_folder().glob("*.eml"), reverse=True)[:100]
    page = render(request, "mail_catcher/list.html", {"mails": [_read(file) for file in files]})
    page["Content-Security-Policy"] = PAGE_POLICY
    return page


def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One message: its HTML in a sandboxed frame, its text, its headers."""
    page = render(request, "mail_catcher/detail.html", {"mail": _find(name)})
    page["Content-Security-Policy"] = PAGE_POLICY
    return page


@xframe_options_sameorigin
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part as it was sent, but links leave the frame."""
    page = HttpResponse('<!doctype html><base target="_blank">' + _find(name).html)
    page["Content-Security-Policy"] = MAIL_POLICY
    return page


def mail_source(request: HttpRequest, name: str) -> HttpResponse:
    """The message as it came, for a mail program."""
    return HttpResponse(
        _find(name).message.as_bytes(),
        content_type="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="{name}.eml"'},
    )


urlpatterns = [
    path("", mail_list, name="mail_list"),
    path("<str:name>/", mail_detail, name="mail_detail"),
    path("<str:name>/html", mail_html, name="mail_html"),
    path("<str:name>/source", mail_source, name="mail_source"),
]
