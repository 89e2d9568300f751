"""The side navigation of the settings: every page, by whom it may be opened."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenants.permissions import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """A page of the settings: its label, route name, icon and the permission it takes."""

    label: Any
    route: str
    icon: str
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
                icon="building",
                permission=Permission.WRITE_SETTINGS,
            ),
            SettingsPage(
                label=_("Inboxes"), route="settings_inboxes", icon="chat", permission=Permission.WRITE_INBOXES
            ),
            SettingsPage(
                label=_("Follow-up and ratings"),
                route="settings_follow_up",
                icon="star",
                permission=Permission.WRITE_SETTINGS,
            ),
            SettingsPage(
                label=_("E-mail"),
                route="settings_mail",
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
                icon="person",
                permission=Permission.READ_OPERATORS,
            ),
            SettingsPage(
                label=_("Teams"), route="settings_teams", icon="people", permission=Permission.READ_OPERATORS
            ),
            SettingsPage(
                label=_("Kept out"),
                route="settings_blocks",
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
                icon="bolt",
                permission=Permission.WRITE_CANNED_REPLIES,
            ),
            SettingsPage(
                label=_("Articles"),
                route="settings_articles",
                icon="book",
                permission=Permission.WRITE_ARTICLES,
            ),
            SettingsPage(
                label=_("Tags"), route="settings_tags", icon="tag", permission=Permission.WRITE_TAGS
            ),
        ),
    ),
    SettingsGroup(
        title=_("Developers and control"),
        pages=(
            SettingsPage(
                label=_("API keys"),
                route="settings_api_keys",
                icon="key",
                permission=Permission.WRITE_API_KEYS,
            ),
            SettingsPage(
                label=_("Audit log"), route="settings_audit", icon="list", permission=Permission.READ_AUDIT
            ),
        ),
    ),
    SettingsGroup(
        title=_("You"),
        pages=(
            SettingsPage(label=_("Profile"), route="settings_profile", icon="person"),
            SettingsPage(label=_("Security"), route="mfa_index", icon="shield"),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    label: Any
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
