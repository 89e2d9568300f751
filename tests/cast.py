"""The cast of every database test: two tenants, because with one no test can notice a leak.

acme: Alice (operator), Bob (admin), Vera (visitor on its widget). globex: Mallory (operator).
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from conversations.actions.resolve import resolve
from conversations.actions.send_message import Sent, send_message
from conversations.actions.start_conversation import start_conversation
from conversations.drafts import Draft
from conversations.models import Contact, Conversation, Inbox, VisitorSession
from conversations.visitors import find_visitor, hash_token
from operators.models import Availability, Operator, User
from tenants.actions.create_tenant import create_tenant
from tenants.clock import now
from tenants.ids import secret_token, uuid7
from tenants.models import Tenant
from tenants.permissions import Actor, Role
from tenants.scoping import TenantId, tenant_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Visiting:
    """A visitor: the contact, the token of their browser, and who they act as."""

    contact_id: UUID
    token: str
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    acme: Tenant
    globex: Tenant
    acme_widget: Inbox
    globex_widget: Inbox
    alice: Operator
    bob: Operator
    mallory: Operator
    vera: Visiting


def make_operator(tenant: Tenant, *, name: str, role: Role = Role.OPERATOR) -> Operator:
    """Create a person with the password "a good long password" and make them an operator of the tenant."""
    address = f"{name.lower()}@{tenant.name.lower()}.example"
    user = User.objects.filter(email=address).first() or User.objects.create_user(
        address, "a good long password", name=name
    )
    with tenant_scope(TenantId(tenant.pk)):
        return Operator.objects.create(
            user=user, role=role, display_name=name, availability=Availability.ONLINE
        )


def make_inbox(tenant: Tenant, *, name: str = "Website") -> Inbox:
    with tenant_scope(TenantId(tenant.pk)):
        return Inbox.objects.create(tenant=tenant, name=name)


def make_visitor(inbox: Inbox, *, name: str = "Vera", email: str = "") -> Visiting:
    """Create a contact with a session on a widget."""
    token = secret_token()
    with tenant_scope(TenantId(inbox.tenant_id)):
        contact = Contact(tenant_id=inbox.tenant_id, name=name, email=email, language="en")
        contact.refold()
        contact.save()
        VisitorSession.objects.create(
            contact=contact,
            inbox=inbox,
            token_hash=hash_token(token),
            handle_hash=hash_token(secret_token()),
            expires_at=now() + timedelta(days=30),
        )
    return Visiting(contact_id=contact.pk, token=token, actor=find_visitor(token=token).actor)


def make_cast() -> Cast:
    acme, globex = create_tenant(name="Acme"), create_tenant(name="Globex")
    acme_widget, globex_widget = make_inbox(acme), make_inbox(globex)
    return Cast(
        acme=acme,
        globex=globex,
        acme_widget=acme_widget,
        globex_widget=globex_widget,
        alice=make_operator(acme, name="Alice"),
        bob=make_operator(acme, name="Bob", role=Role.ADMIN),
        mallory=make_operator(globex, name="Mallory"),
        vera=make_visitor(acme_widget),
    )


def a_draft(text: str = "Hello", *, kind: str = "reply", client_id: UUID | None = None) -> Draft:
    return Draft(text=text, kind="note" if kind == "note" else "reply", client_id=client_id or uuid7())


def begin(visitor: Visiting, *texts: str) -> Conversation:
    """Let a visitor begin a conversation and say something. Opens a scope."""
    actor = visitor.actor
    assert actor.inbox_id is not None
    with tenant_scope(actor.tenant_id):
        conversation = start_conversation(
            actor=actor, inbox_id=actor.inbox_id, contact_id=visitor.contact_id, client_id=uuid7()
        )
        for text in texts:
            send_message(actor=actor, conversation_id=conversation.pk, draft=a_draft(text))
        conversation.refresh_from_db()
    return conversation


def reply(operator: Operator, conversation: Conversation, text: str = "How can I help?") -> Sent:
    """Let an operator answer. Opens a scope."""
    with tenant_scope(TenantId(operator.tenant_id)):
        return send_message(actor=operator.actor, conversation_id=conversation.pk, draft=a_draft(text))


def close(operator: Operator, conversation: Conversation) -> None:
    """Let an operator resolve. Opens a scope."""
    with tenant_scope(TenantId(operator.tenant_id)):
        resolve(actor=operator.actor, conversation_id=conversation.pk)
