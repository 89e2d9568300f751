"""Who looks at the screens of the panel, and what is offered to them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from conversations.inbox_settings import with_defaults
from conversations.inboxes.widget.described import Node
from conversations.models import Contact, Inbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """A visitor on a page: in which language they read, and whether they have looked for help already."""

    inbox: Inbox
    contact: Contact
    language: str
    url: str
    has_looked: bool

    @property
    def settings(self) -> dict[str, Any]:
        return with_defaults(self.inbox.settings)

    @property
    def may_chat(self) -> bool:
        """Whether the chat is offered: never where articles stand alone, or only once somebody has looked."""
        mode = self.settings["help_mode"]
        return mode != "help_only" and (mode != "help_first" or self.has_looked)


def still_stuck(looking: Looking) -> list[Node]:
    """Return the way to people, for whoever has looked and not found."""
    if looking.settings["help_mode"] == "help_only":
        return []
    ask: Node = ["button", {"act": ["chat"]}, _("Write to us")]
    return [["div", {"class": "row stuck"}, ["span", {}, _("Still need help?")], ask]]
