"""Every route x {own tenant, another tenant's ids, nobody, a viewer}: who is refused writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import redis
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from conversations.actions.manage_article_categories import create_article_category
from conversations.actions.manage_articles import create_article
from conversations.actions.manage_blocks import block_contact
from conversations.actions.manage_canned_replies import create_canned_reply
from conversations.actions.manage_macros import create_macro
from conversations.actions.manage_tags import create_tag
from conversations.actions.manage_views import create_view
from conversations.actions.update_contact import create_contact
from conversations.actions.upload_attachment import upload_attachment
from conversations.actions.write_article import write_text
from conversations.models import Conversation, Notification, Offer
from operators.actions.invite_operator import invite_operator
from operators.actions.manage_teams import create_team
from operators.models import Invitation, Operator
from tenants.actions.manage_api_keys import create_api_key
from tenants.models import OutgoingMail, Tenant
from tenants.permissions import ROLE_PERMISSIONS, Permission, Role, system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.api import Api, as_nobody, as_operator, with_key
from tests.architecture.routes import (
    FILES,
    OPEN,
    QUERIES,
    Endpoint,
    Ids,
    Route,
    all_routes,
    endpoints,
    fingerprint,
    pages,
)
from tests.background import operator_here
from tests.cast import Cast, Visiting, begin, make_cast, make_operator, make_visitor, reply

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()
UNREAD = {"all": [{"field": "unread", "op": "is", "value": True}]}
VIEWER = ROLE_PERMISSIONS[Role.VIEWER]
# What is refused by what it says, not by one permission.
VIEWERS_ANSWER = {
    "get_me": 200,
    "set_own_availability": 200,
    "set_availability": 403,
    "send_message": 403,
    # Everybody's views are whose the settings are.
    "create_view": 403,
    "change_view": 403,
    "remove_view": 403,
    "order_views": 403,
}
# Nobody gives or takes a role with more permissions than their own.
NEEDS_MORE_THAN_ITS_PERMISSION = {
    "change_operator",
    "deactivate_operator",
    "reactivate_operator",
    "invite_operator",
    "resend_invitation",
    "revoke_invitation",
    # A key has no views of its own; everybody's need another permission.
    "create_view",
    "change_view",
    "remove_view",
    "order_views",
    # An offer is made to a person.
    "accept_offer",
    "decline_offer",
    # What was not accepted is given back to a person.
    "transfer_conversation",
    # What somebody was told is theirs.
    "read_notification",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Two businesses with something of everything each; who asks belongs to the first."""

    cast: Cast
    owner: Operator
    viewer: Operator
    own: Ids
    foreign: Ids

    def rows(self) -> dict[str, str]:
        return fingerprint([self.cast.acme, self.cast.globex])


@pytest.fixture(scope="module")
def one_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world of all these tests: made once, in a transaction that ends with them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world(make_cast())
        transaction.set_rollback(True)


@pytest.fixture
def world(one_world: World, broker: redis.Redis) -> Iterator[World]:
    """The world as it was made: what a test changes is taken back."""
    operator_here(one_world.cast.alice)
    with transaction.atomic():
        yield one_world
        transaction.set_rollback(True)


def make_world(cast: Cast) -> World:
    """Make Acme with Olivia (owner) and Victor (viewer) besides the cast, and Globex with a visitor."""
    owner, walt = (
        make_operator(cast.acme, name="Olivia", role=Role.OWNER),
        make_visitor(cast.globex_widget, name="Walt"),
    )
    own, foreign = furnished(cast.acme, cast.vera, cast.alice), furnished(cast.globex, walt, cast.mallory)
    with tenant_scope(TenantId(cast.acme.pk)):
        # Nobody hands over what is another's.
        Conversation.objects.filter(pk=own["conversation_id"]).update(operator=owner)
    return World(
        cast=cast,
        owner=owner,
        viewer=make_operator(cast.acme, name="Victor", role=Role.VIEWER),
        own={**own, "offer_id": offered(cast.vera, owner, own), "notification_id": told(owner, own)},
        foreign={
            **foreign,
            "offer_id": offered(walt, cast.mallory, foreign),
            "notification_id": told(cast.mallory, foreign),
        },
    )


def offered(visitor: Visiting, operator: Operator, ids: Ids) -> str:
    """Offer a conversation that waits to an operator, and return the offer's id."""
    conversation = begin(visitor, "Is anybody there?")
    moment = datetime.now(UTC)
    with tenant_scope(TenantId(operator.tenant_id)):
        Conversation.objects.filter(pk=conversation.pk).update(team_id=ids["team_id"])
        offer = Offer.objects.create(
            conversation=conversation,
            operator=operator,
            team_id=ids["team_id"],
            offered_at=moment,
            expires_at=moment + timedelta(minutes=5),
        )
    return str(offer.pk)


def told(operator: Operator, ids: Ids) -> str:
    """Tell an operator that somebody mentioned them in a conversation, and return the notification's id."""
    with tenant_scope(TenantId(operator.tenant_id)):
        return str(
            Notification.objects.create(
                operator=operator,
                conversation_id=ids["conversation_id"],
                kind=Notification.Kind.MENTION,
                by_kind="system",
            ).pk
        )


def furnished(tenant: Tenant, visitor: Visiting, operator: Operator) -> Ids:
    """Give a business one row of everything, and return the ids by the names that routes give them."""
    conversation = begin(visitor, "My parcel is late")
    reply(operator, conversation)
    with tenant_scope(TenantId(tenant.pk)):
        actor = system_actor(TenantId(tenant.pk))
        file = upload_attachment(
            actor=actor, conversation_id=conversation.pk, name="order.txt", content=b"one parcel"
        )
        invitation = invite_operator(actor=actor, email="soon@shop.example", role=Role.OPERATOR)
        Invitation.objects.update(sent_at=invitation.sent_at - timedelta(hours=1))
        key = create_api_key(actor=actor, name="Robot", permissions=[Permission.WRITE_API_KEYS]).key
        category = create_article_category(actor=actor, names={"en": "Delivery"})
        article = create_article(actor=actor, category_id=category.pk)
        write_text(actor=actor, article_id=article.pk, language="en", title="Parcels", body="Late.")
        return {
            "article_id": str(article.pk),
            "category_id": str(category.pk),
            "language": "en",
            "conversation_id": str(conversation.pk),
            "contact_id": str(visitor.contact_id),
            "inbox_id": str(conversation.inbox_id),
            "attachment_id": str(file.pk),
            "tag_id": str(create_tag(actor=actor, name="parcel").pk),
            "macro_id": str(create_macro(actor=actor, name="Wait", status="pending").pk),
            "block_id": str(
                block_contact(actor=actor, contact_id=create_contact(actor=actor, name="Rude").pk).pk
            ),
            "reply_id": str(create_canned_reply(actor=actor, shortcut="hi", title="Hello", text="Hello!").pk),
            "team_id": str(create_team(actor=actor, name="Sales", member_ids=[operator.pk]).pk),
            "operator_id": str(operator.pk),
            "invitation_id": str(invitation.pk),
            "key_id": str(key.pk),
            "view_id": str(create_view(actor=actor, name="Unread", filter=UNREAD, is_shared=True).pk),
            "mail_id": str(OutgoingMail.objects.latest("created_at").pk),
            "table": "operators",
            "tomorrow": TOMORROW,
        }


def ask(api: Api, endpoint: Endpoint, *, path: Ids, body: Any) -> Any:
    """Ask an endpoint with the ids of ``path`` in its address."""
    address = endpoint.route.address(path).removeprefix("/api/v1/")
    if endpoint.operation.files:
        return api.upload(address, body, **FILES.get(endpoint.operation.name, {}))
    return api.ask(endpoint.method, address, body, query=QUERIES.get(endpoint.operation.name))


every_endpoint = pytest.mark.parametrize("endpoint", endpoints(), ids=str)
every_page = pytest.mark.parametrize("page", pages(), ids=lambda page: page.path)
METHODS = ("GET", "POST")
SAYS_ITSELF_THAT_NOTHING_IS_THERE = {"inbox_conversation"}


def test_every_route_is_an_endpoint_a_page_or_has_a_reason_to_be_open() -> None:
    guarded = {endpoint.route.path for endpoint in endpoints()} | {page.path for page in pages()}
    unlisted = [route.path for route in all_routes() if route.path not in guarded and route.name not in OPEN]
    assert unlisted == []


@every_endpoint
def test_an_endpoint_obeys_its_own_tenant_and_refuses_nobody_strangers_and_viewers(
    world: World, endpoint: Endpoint
) -> None:
    owner, viewer = as_operator(world.owner), as_operator(world.viewer)
    body, foreign_body = endpoint.body(world.own), endpoint.body(world.foreign)
    before = world.rows()

    unknown = ask(as_nobody(), endpoint, path=world.own, body=body)
    assert (unknown.status_code, unknown.json()["code"]) == (401, "unauthenticated")

    refused = ask(viewer, endpoint, path=world.own, body=body)
    permission = endpoint.operation.permission
    expected = 403 if permission and permission not in VIEWER else None
    expected = VIEWERS_ANSWER.get(endpoint.operation.name, expected)
    assert expected in (None, 200) or refused.status_code == expected, refused.content

    if endpoint.route.arguments:
        foreign = ask(owner, endpoint, path=world.foreign, body=body)
        assert (foreign.status_code, foreign.json()["code"]) == (404, "not_found"), foreign.content
    if foreign_body != body:
        mixed = ask(owner, endpoint, path=world.own, body=foreign_body)
        assert mixed.status_code in (400, 404), mixed.content
    assert expected == 200 or world.rows() == before

    obeyed = ask(owner, endpoint, path=world.own, body=body)
    assert obeyed.status_code == endpoint.operation.status, obeyed.content
    assert endpoint.method == "GET" or world.rows() != before or endpoint.operation.name in CHANGES_NOTHING


@every_endpoint
def test_a_key_needs_the_permission_that_is_documented_and_no_other(world: World, endpoint: Endpoint) -> None:
    permission = endpoint.operation.permission or Permission.READ_CONVERSATIONS
    without = with_key(world.cast.acme, permissions=set(Permission) - {permission})
    with_it = with_key(world.cast.acme, permissions={permission})
    before = world.rows()
    if endpoint.operation.permission is not None:
        denied = ask(without, endpoint, path=world.own, body=endpoint.body(world.own))
        assert (denied.status_code, denied.json()["code"]) == (403, "permission_denied")
        after = world.rows()
        assert {table for table in after if after[table] != before[table]} <= {
            "Acme tenants_apikey"
        }  # last used
    if endpoint.operation.permission and endpoint.operation.name not in NEEDS_MORE_THAN_ITS_PERMISSION:
        obeyed = ask(with_it, endpoint, path=world.own, body=endpoint.body(world.own))
        assert obeyed.status_code == endpoint.operation.status, obeyed.content


# The conversation is in that state already, or only the sockets are told.
CHANGES_NOTHING = {
    "restore_article",
    "unpublish_article_text",
    "reopen_conversation",
    "reactivate_operator",
    "order_views",
    "mark_conversation_read",
}


@every_page
def test_a_page_sends_strangers_to_the_log_in(world: World, page: Route) -> None:
    before = world.rows()
    answers = [Client().generic(method, page.address(world.own)) for method in METHODS]
    assert {answer.status_code for answer in answers} <= {302, 405}
    assert 302 in {answer.status_code for answer in answers}
    assert all("/accounts/login/" in answer["Location"] for answer in answers if answer.status_code == 302)
    assert world.rows() == before


@every_page
def test_a_page_refuses_who_lacks_its_permission(world: World, page: Route) -> None:
    client = as_operator(world.viewer).client
    before = world.rows()
    statuses = {client.generic(method, page.address(world.own)).status_code for method in METHODS}
    may_open = page.view.parley_permission is None or page.view.parley_permission in VIEWER
    assert may_open or statuses <= {403, 405}
    assert may_open or 403 in statuses
    assert page.view.parley_permission is None or world.rows() == before


@pytest.mark.parametrize(
    "page",
    [page for page in pages() if any(name.endswith("_id") for name in page.arguments)],
    ids=lambda page: page.path,
)
def test_a_page_does_not_find_what_is_another_tenants(world: World, page: Route) -> None:
    client = as_operator(world.owner).client
    before = world.rows()
    answers = [client.generic(method, page.address(world.foreign)) for method in METHODS]
    statuses = {answer.status_code for answer in answers}
    # 400: a form is read before its row is looked for, whosever it is.
    assert statuses <= {400, 404, 405} or page.name in SAYS_ITSELF_THAT_NOTHING_IS_THERE
    assert not any(answer.content.count(b"Walt") for answer in answers)
    assert world.rows() == before
