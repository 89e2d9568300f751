"""What one inbox's widget looks like, as the loader and the panel are told."""

from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from conversations.availability import inbox_state
from conversations.drafts import MAX_ATTACHMENTS, MAX_TEXT
from conversations.files import DOCUMENTS, MAX_FILE, MAX_IMAGE
from conversations.inbox_settings import DEFAULTS, with_defaults
from conversations.inboxes.widget.bundle import bundle
from conversations.inboxes.widget.colours import accents, ink_on
from conversations.inboxes.widget.home import home_of
from conversations.models import Inbox

PICTURES: Final = ("png", "jpg", "jpeg", "webp", "gif")
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})
NAMES: Final = dict(settings.LANGUAGES)


def languages_of(inbox: Inbox) -> list[str]:
    """Return the languages a visitor may choose; all of ours when the inbox names none. Its own comes first."""
    chosen = with_defaults(inbox.settings)["languages"] or list(NAMES)
    return [inbox.language, *(code for code in chosen if code != inbox.language and code in NAMES)]


def direction_of(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def title_of(inbox: Inbox, language: str) -> str:
    titles = with_defaults(inbox.settings)["title"]
    return str(titles.get(language) or titles.get(inbox.language) or inbox.name)


def loader_config(inbox: Inbox) -> dict[str, Any]:
    """Return what stands in front of the loader (static/widget/loader/config.ts). Called inside the tenant's scope."""
    chosen = with_defaults(inbox.settings)
    texts: dict[str, str] = {}
    for language in languages_of(inbox):
        with translation.override(language):
            texts[language] = _("Chat with us")
    config = {
        "key": inbox.key,
        "origin": settings.PARLEY_WIDGET_ORIGIN,
        "colour": chosen["colour"],
        "ink": ink_on(chosen["colour"]),
        "side": chosen["side"],
        "language": inbox.language,
        "texts": texts,
    }
    if not chosen["show_when_offline"]:
        state = inbox_state(inbox_id=inbox.pk)
        config["hidden"] = not (state["is_open"] and state["online"])
    return config


def panel_config(inbox: Inbox, *, language: str, mode: str) -> dict[str, Any]:
    """Return what stands in the panel's document (static/widget/panel/config.ts). ``mode``: frame or page."""
    chosen = with_defaults(inbox.settings)
    built = bundle()
    greetings = chosen["greetings"]
    with translation.override(language):
        greeting = greetings.get(language) or _("Hello! How can we help?")
    # Said only where it is not the usual: the panel is small.
    help_mode = chosen["help_mode"]
    unusual: dict[str, Any] = {} if help_mode == DEFAULTS["help_mode"] else {"help_mode": help_mode}
    if step := home_of(inbox, language):
        unusual["home"] = step
    return {
        **unusual,
        "key": inbox.key,
        "language": language,
        "mode": mode,
        "title": title_of(inbox, language),
        "greeting": greeting,
        "colour": chosen["colour"],
        "ink": ink_on(chosen["colour"]),
        "accent": accents(chosen["colour"]),
        "ask_identity": chosen["ask_identity"],
        "offline_form": chosen["offline_form"],
        "more": f"/widget/more/{built.version}.js",
        "limits": {
            "text": MAX_TEXT,
            "attachments": MAX_ATTACHMENTS,
            "file": MAX_FILE,
            "image": MAX_IMAGE,
        },
        "accept": ",".join(f".{ending}" for ending in (*PICTURES, *DOCUMENTS)),
        "strings": built.texts_in(language),
    }
