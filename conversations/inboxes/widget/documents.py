"""The panel's document: everything inlined, and a policy that allows exactly that."""

from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string

from conversations.inboxes.widget.answers import script_json
from conversations.inboxes.widget.bundle import bundle, csp_hash
from conversations.inboxes.widget.config import direction_of, panel_config
from conversations.models import Inbox

ICON: Final = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='-6 -6 36 36'>"
    "<circle cx='12' cy='12' r='18' fill='{colour}'/>"
    "<path d='M12 4c5 0 9 3 9 7s-4 7-9 7a11 11 0 0 1-3 0l-4 3v-5a7 7 0 0 1-2-5c0-4 4-7 9-7' fill='{ink}'/></svg>"
)


def panel_document(inbox: Inbox, *, language: str, mode: str) -> str:
    """Return the HTML of the panel for one inbox and language. Called inside the tenant's scope."""
    built = bundle()
    config = panel_config(inbox, language=language, mode=mode)
    return render_to_string(
        "widget/panel.html",
        {
            "language": language,
            "direction": direction_of(language),
            "title": config["title"],
            "icon": _icon(config) if mode == "page" else "",
            "style": built.style,
            "config": script_json(config),
            "script": built.panel,
        },
    ).strip()


def _icon(config: dict[str, Any]) -> str:
    """Return the tab's picture as an address that fetches nothing: the launcher, in the inbox's colours."""
    return "data:image/svg+xml," + quote(ICON.format(**config), safe="/=: '")


def panel_policy(*, frame_ancestors: str) -> str:
    """Return the Content-Security-Policy of the panel.

    The scripts are named by hash and by the one path the second half comes from; nothing may turn
    text into script (trusted-types 'none').
    """
    built = bundle()
    origin = settings.PARLEY_WIDGET_ORIGIN
    socket = origin.replace("http", "ws", 1)
    directives: dict[str, Any] = {
        "default-src": "'none'",
        "script-src": f"{csp_hash(built.panel)} {origin}/widget/more/",
        "style-src": csp_hash(built.style),
        "connect-src": f"'self' {socket}",
        "img-src": "'self' data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": frame_ancestors,
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
