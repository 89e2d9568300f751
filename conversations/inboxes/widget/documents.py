"""The panel's document: everything inlined, and a policy that allows exactly that."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from conversations.inboxes.widget.answers import script_json
from conversations.inboxes.widget.bundle import bundle, csp_hash
from conversations.inboxes.widget.config import direction_of, panel_config
from conversations.models import Inbox


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
            "style": built.style,
            "config": script_json(config),
            "script": built.panel,
        },
    ).strip()


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
