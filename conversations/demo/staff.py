"""The demo shop itself: its tenant, people, teams, entrance and what they keep at hand."""

from dataclasses import dataclass
from random import Random
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings

from conversations.actions.change_inbox import change_inbox
from conversations.actions.manage_canned_replies import create_canned_reply
from conversations.actions.manage_macros import create_macro
from conversations.actions.manage_tags import create_tag
from conversations.actions.open_business import open_business
from conversations.automatic_settings import DEFAULT as AUTOMATIC
from conversations.demo.articles import write_articles
from conversations.demo.calendar import HOURS, ZONE
from conversations.demo.front import ANNOUNCEMENT, links
from conversations.demo.people import (
    CANNED_REPLIES,
    COLLEAGUES,
    GREETINGS,
    MACROS,
    PASSWORD,
    TAGS,
    TEAMS,
    Colleague,
)
from conversations.demo.views import share_views
from conversations.models import Inbox
from operators.actions.manage_teams import create_team
from operators.models import Availability, Operator, Team, User
from tenants.models import Tenant
from tenants.permissions import Actor
from tenants.scoping import TenantId, tenant_scope

ARTICLES_BY: Final = "ieva@parley.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The demo shop, ready for its first visitor. Operators and teams by the names scripts use."""

    tenant_id: TenantId
    inbox: Inbox
    owner: Actor
    speakers: dict[str, list[Operator]]
    teams: dict[str, Team]


def open_shop() -> Shop:
    """Create the shop, at the moment of the clock."""
    founder, *others = COLLEAGUES
    owner = open_business(user=_user(founder), name="Demo shop", language="en", time_zone=ZONE)
    tenant_id = TenantId(owner.tenant_id)
    Tenant.objects.filter(pk=tenant_id).update(is_demo=True, business_hours=HOURS.as_json())
    with tenant_scope(tenant_id):
        people = {founder.email: owner, **{one.email: _operator(one) for one in others}}
        Operator.objects.update(availability=Availability.ONLINE)
        teams = {
            key: create_team(
                actor=owner.actor,
                name=name,
                member_ids=[people[one.email].pk for one in COLLEAGUES if key in one.teams],
            )
            for key, name in TEAMS.items()
        }
        tags = {
            name: str(create_tag(actor=owner.actor, name=name, colour=colour).pk)
            for name, colour in TAGS.items()
        }
        share_views(actor=owner.actor, tags=tags)
        for shortcut, title, text in CANNED_REPLIES:
            create_canned_reply(actor=owner.actor, shortcut=shortcut, title=title, text=text)
        for fields in MACROS:
            create_macro(actor=owner.actor, **fields)
        write_articles(actor=people[ARTICLES_BY].actor, random=Random(len(COLLEAGUES)))  # noqa: S311  no secrets
        inbox = Inbox.objects.get()
        change_inbox(
            actor=owner.actor,
            inbox_id=inbox.pk,
            settings={
                "greetings": GREETINGS,
                "languages": ["en", "ar", "fa", "lt"],
                "ask_language": True,
                "help_mode": "equal",
                "announcement": ANNOUNCEMENT,
                "links": links(settings.PARLEY_ORIGIN),
            },
        )
    speakers: dict[str, list[Operator]] = {}
    for one in COLLEAGUES:
        for language in one.speaks:
            speakers.setdefault(language, []).append(people[one.email])
    return Shop(tenant_id=tenant_id, inbox=inbox, owner=owner.actor, speakers=speakers, teams=teams)


def _user(one: Colleague) -> User:
    found = User.objects.filter(email=one.email).first()
    if found is not None:
        return found
    made = User.objects.create_user(one.email, PASSWORD, name=one.name, language=one.language, time_zone=ZONE)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def _operator(one: Colleague) -> Operator:
    return Operator.objects.create(user=_user(one), role=one.role, display_name=one.name)


def stay_open(shop: Shop) -> None:
    """From now on the shop never closes, for whoever tries it out on a Sunday; and it says that one waits."""
    automatic = {name: {**AUTOMATIC[name], "is_on": True} for name in ("away", "busy", "waiting")}
    with tenant_scope(shop.tenant_id):
        change_inbox(
            actor=shop.owner,
            inbox_id=shop.inbox.pk,
            settings={"business_hours": {"always": True}, "automatic": automatic},
        )
