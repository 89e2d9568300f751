"""The page that explains the widget's JavaScript API, with a widget on it to try; and its published types."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conversations.inboxes.widget.door import opens_own_scope
from conversations.pages.demo_shop import demo_inbox
from tenants.csp import page_policy
from tenants.errors import NotFound

TYPES: Final = Path("static") / "widget" / "loader" / "widget.d.ts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method as the page explains it; ``example`` can be carried out as it stands."""

    name: str
    signature: str
    about: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What ``Parley.on`` tells, and the detail a listener is given."""

    name: str
    detail: str
    about: str


METHODS: Final = (
    Method(
        name="open",
        signature="open(): void",
        about="Open the panel.",
        example="Parley.open();",
    ),
    Method(
        name="close",
        signature="close(): void",
        about="Close the panel. The conversation goes on, and the launcher counts what is unread.",
        example="Parley.close();",
    ),
    Method(
        name="hide",
        signature="hide(): void",
        about="Close the panel and hide the launcher, on a page where it would be in the way.",
        example="Parley.hide();",
    ),
    Method(
        name="show",
        signature="show(): void",
        about="Show the launcher again.",
        example="Parley.show();",
    ),
    Method(
        name="identify",
        signature="identify(who: { token: string } | { name?: string; email?: string; phone?: string }): void",
        about=(
            "Say who the visitor is. A token that your server signed is proof: the visitor becomes that contact, on "
            "every device, with what they said before they logged in. Without one, name and e-mail address are shown "
            "to operators as unproven, or refused, as the inbox is set up. Keys and ready-made code for your server "
            "are in the inbox's settings, under Identity."
        ),
        example="Parley.identify({ name: 'Vera', email: 'vera@example.com' });",
    ),
    Method(
        name="setLanguage",
        signature="setLanguage(language: string): void",
        about="Speak another language of the inbox (en, ar, fa, lt). The visitor's browser remembers it.",
        example="Parley.setLanguage('lt');",
    ),
    Method(
        name="on",
        signature="on(name: string, listener: (detail) => void): void",
        about="Call a function whenever something happens; see the events below.",
        example="Parley.on('message', (from) => console.log('A message from the', from));",
    ),
    Method(
        name="reset",
        signature="reset(): void",
        about=(
            "Forget who was here: call it when a person logs out, so that the next one at this computer finds an "
            "empty widget."
        ),
        example="Parley.reset();",
    ),
    Method(
        name="push",
        signature="push(...commands: [name, ...values][]): void",
        about=(
            "Carry out commands, each a list of a method's name and its values. It works before the widget is there, "
            "on a plain list that the widget takes over."
        ),
        example="(window.Parley = window.Parley || []).push(['setLanguage', 'en'], ['open']);",
    ),
)
HAPPENINGS: Final = (
    Happening(name="open", detail="none", about="The panel was opened."),
    Happening(name="close", detail="none", about="The panel was closed."),
    Happening(
        name="unread",
        detail="number",
        about="How many messages the visitor has not read, whenever it changes.",
    ),
    Happening(name="message", detail="'visitor' | 'operator'", about="A message was sent, and by whom."),
    Happening(
        name="tokenexpired",
        detail="none",
        about="The token given to identify has expired: fetch another one and identify again.",
    ),
)
RENEWAL: Final = """const token = async () => (await fetch('/parley-token')).text();
Parley.push(
  ['on', 'tokenexpired', async () => Parley.identify({ token: await token() })],
);
token().then((token) => Parley.push(['identify', { token }]));"""


@opens_own_scope
@require_safe
def widget_manual(request: HttpRequest) -> HttpResponse:
    """``/docs/javascript/``: every method and event. With a demo tenant its widget is on the page."""
    try:
        key = demo_inbox().key
    except NotFound:
        key = ""
    context = {
        "key": key,
        "origin": settings.PARLEY_WIDGET_ORIGIN,
        "methods": METHODS,
        "events": HAPPENINGS,
        "renewal": RENEWAL,
        "snippet": f'<script async src="{settings.PARLEY_WIDGET_ORIGIN}/widget.js?inbox=KEY"></script>',
    }
    response = render(request, "api/widget.html", context)
    widget = settings.PARLEY_WIDGET_ORIGIN
    policy = page_policy().replace("script-src 'self'", f"script-src 'self' {widget}")
    response["Content-Security-Policy"] = f"{policy}; frame-src {widget}"
    return response


@opens_own_scope
@require_safe
def widget_types(request: HttpRequest) -> HttpResponse:
    """``/widget.d.ts``: the types of the API, to save beside one's own sources."""
    text = (Path(settings.BASE_DIR) / TYPES).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response
