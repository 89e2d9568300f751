"""The home of the panel, described: who is there, what was said before, where to find an answer, news and links."""

from typing import Final

from babel.lists import format_list
from django.utils.translation import gettext as _

from conversations.availability import inbox_state, online_operator_ids
from conversations.inbox_links import LinkShape
from conversations.inbox_settings import with_defaults
from conversations.inboxes.widget.conversation_list import last_conversations
from conversations.inboxes.widget.described import Node, leading_to
from conversations.inboxes.widget.help import finder, has_articles
from conversations.inboxes.widget.looking import Looking
from conversations.models import Inbox
from operators.avatars import initials
from operators.models import Operator, TeamMember
from tenants.permissions import Role

MAX_FACES: Final = 3
# Whether the home exists, and whether it comes before the chat (static/widget/panel/config.ts).
NO_HOME, BEHIND_THE_CHAT, BEFORE_THE_CHAT = 0, 1, 2


def home_of(inbox: Inbox, language: str) -> int:
    """Return where the home of an inbox stands. With nothing to show in a language it would only be in the way."""
    chosen = with_defaults(inbox.settings)
    mode = chosen["help_mode"]
    if mode == "help_only":
        return BEFORE_THE_CHAT
    if not (chosen["announcement"].get(language) or chosen["links"].get(language) or has_articles()):
        return NO_HOME
    return BEHIND_THE_CHAT if mode == "contact_first" else BEFORE_THE_CHAT


def home(looking: Looking) -> list[Node]:
    """Return the home. Called inside the tenant's scope, in the visitor's language."""
    chosen = looking.settings
    people, help_found = last_conversations(looking), finder(looking)
    is_chat_first = chosen["help_mode"] in ("contact_first", "equal")
    return [
        *_greeting(looking),
        *_announcement(chosen["announcement"].get(looking.language, "")),
        *([*people, *help_found] if is_chat_first else [*help_found, *people]),
        *_links(chosen["links"].get(looking.language, [])),
    ]


def _greeting(looking: Looking) -> list[Node]:
    own = looking.settings["greetings"].get(looking.language)
    faces = _faces(looking)
    if not looking.contact.name:
        return [["h2", {"tabIndex": -1, "dir": "auto"}, own or _("Hello! How can we help?")], *faces]
    hello = _("Hello, %(name)s!") % {"name": looking.contact.name}
    return [["h2", {"tabIndex": -1}, hello], ["p", {"dir": "auto"}, own or _("How can we help?")], *faces]


def _faces(looking: Looking) -> list[Node]:
    """Up to three of those who would answer and are here, as their messages would show them."""
    inbox = looking.inbox
    if looking.settings["help_mode"] == "help_only" or not inbox_state(inbox_id=inbox.pk)["is_open"]:
        return []
    here = Operator.objects.filter(pk__in=online_operator_ids()).exclude(role=Role.VIEWER)
    if inbox.team_id is not None:
        here = here.filter(pk__in=TeamMember.objects.filter(team_id=inbox.team_id).values("operator_id"))
    names = list(here.order_by("display_name", "pk").values_list("display_name", flat=True)[:MAX_FACES])
    if not names:
        return []
    faces: list[Node] = [["span", {"class": "face", "aria-hidden": "true"}, initials(name)] for name in names]
    text = _("Here now: %(names)s") % {"names": format_list(names, locale=looking.language)}
    return [["p", {"class": "here"}, *faces, ["span", {"dir": "auto"}, text]]]


def _announcement(text: str) -> list[Node]:
    return [["p", {"class": "notice", "dir": "auto"}, text]] if text else []


def _links(links: list[LinkShape]) -> list[Node]:
    if not links:
        return []
    shown: list[Node] = [
        ["a", leading_to(link["url"], style="item"), ["b", {"dir": "auto"}, link["title"]]] for link in links
    ]
    return [["nav", {"class": "list", "aria-label": _("Links")}, *shown]]
