"""The side navigation of the settings: every page, by whom it may be opened."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenants.permissions import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """A page of the settings: its label, route name, icon and the permission it takes.

    ``words``: what else one may look for it by.
    """

    label: Any
    route: str
    icon: str
    words: Any
    permission: Permission | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsGroup:
    title: Any
    pages: tuple[SettingsPage, ...]


GROUPS: Final = (
    SettingsGroup(
        title=_("Business"),
        pages=(
            SettingsPage(
                label=_("General"),
                route="settings_general",
                words=_(
                    "business name, language, calendar, time zone, first day of the week, opening times, holidays"
                ),
                icon="building",
                permission=Permission.WRITE_SETTINGS,
            ),
            SettingsPage(
                label=_("Inboxes"),
                route="settings_inboxes",
                words=_(
                    "widget, site, colour, greeting, languages, chat page, automatic messages, identity, hours"
                ),
                icon="chat",
                permission=Permission.WRITE_INBOXES,
            ),
            SettingsPage(
                label=_("Follow-up and ratings"),
                route="settings_follow_up",
                words=_("e-mail, missed replies, survey, stars, satisfaction"),
                icon="star",
                permission=Permission.WRITE_SETTINGS,
            ),
            SettingsPage(
                label=_("E-mail"),
                route="settings_mail",
                words=_("undelivered mail, bounced, try again"),
                icon="mail",
                permission=Permission.WRITE_SETTINGS,
            ),
        ),
    ),
    SettingsGroup(
        title=_("People"),
        pages=(
            SettingsPage(
                label=_("Operators"),
                route="settings_people",
                words=_("colleagues, invite, roles, rights, limit of chats, languages"),
                icon="person",
                permission=Permission.READ_OPERATORS,
            ),
            SettingsPage(
                label=_("Teams"),
                route="settings_teams",
                words=_("departments, members, routing, offers, hours, countries"),
                icon="people",
                permission=Permission.READ_OPERATORS,
            ),
            SettingsPage(
                label=_("Blocked"),
                route="settings_blocks",
                words=_("block, ban, spam, address, network"),
                icon="ban",
                permission=Permission.WRITE_CONTACTS,
            ),
        ),
    ),
    SettingsGroup(
        title=_("Work"),
        pages=(
            SettingsPage(
                label=_("Canned replies"),
                route="settings_canned_replies",
                words=_("templates, shortcuts, saved answers"),
                icon="bolt",
                permission=Permission.WRITE_CANNED_REPLIES,
            ),
            SettingsPage(
                label=_("Macros"),
                route="settings_macros",
                words=_("several actions in one, reply, tag, assign, snooze, resolve"),
                icon="layers",
                permission=Permission.WRITE_CANNED_REPLIES,
            ),
            SettingsPage(
                label=_("Articles"),
                route="settings_articles",
                words=_("help, knowledge base, questions, categories"),
                icon="book",
                permission=Permission.WRITE_ARTICLES,
            ),
            SettingsPage(
                label=_("Tags"),
                route="settings_tags",
                words=_("labels, colours"),
                icon="tag",
                permission=Permission.WRITE_TAGS,
            ),
        ),
    ),
    SettingsGroup(
        title=_("Developers and control"),
        pages=(
            SettingsPage(
                label=_("API keys"),
                route="settings_api_keys",
                words=_("developers, tokens, programs"),
                icon="key",
                permission=Permission.WRITE_API_KEYS,
            ),
            SettingsPage(
                label=_("Audit log"),
                route="settings_audit",
                words=_("history, who changed what, export"),
                icon="list",
                permission=Permission.READ_AUDIT,
            ),
        ),
    ),
    SettingsGroup(
        title=_("You"),
        pages=(
            SettingsPage(
                label=_("Profile"),
                route="settings_profile",
                words=_("my name, picture, language, password"),
                icon="person",
            ),
            SettingsPage(
                label=_("Security"),
                route="mfa_index",
                words=_("password, two-step log-in, sessions, devices"),
                icon="shield",
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    label: Any
    words: Any
    url: str
    icon: str
    is_current: bool


def settings_navigation(request: HttpRequest) -> list[tuple[Any, list[Entry]]]:
    """Return the groups of pages this person may open: (title, entries)."""
    actor = getattr(request, "actor", None)
    permissions = actor.permissions if actor else frozenset()
    shown = []
    for group in GROUPS:
        entries = [
            Entry(
                label=page.label,
                words=page.words,
                url=reverse(page.route),
                icon=f"icons/{page.icon}.svg",
                is_current=request.path.startswith(reverse(page.route)),
            )
            for page in group.pages
            if (page.permission is None or page.permission in permissions)
            # Somebody who works nowhere has a log-in to look after, and nothing else.
            and (actor is not None or page.route == "mfa_index")
        ]
        if entries:
            shown.append((group.title, entries))
    return shown
