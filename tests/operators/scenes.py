"""What the tests about people have in common: acting inside a tenant, logging in, proving that nothing happened."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.models import EmailAddress
from django.test import Client

from operators.models import Invitation, Operator, Team, TeamMember, User
from tenants.models import AuditEntry, EventRecord, OutgoingMail, Tenant
from tenants.scoping import TenantId, tenant_scope

PASSWORD = "a good long password"


@contextmanager
def within(tenant: Tenant) -> Iterator[None]:
    """Be inside the tenant's scope."""
    with tenant_scope(TenantId(tenant.pk)):
        yield


@contextmanager
def nothing_changes(tenant: Tenant) -> Iterator[None]:
    """Prove that the block writes no row about people, no audit entry, no event and no mail of the tenant."""
    with within(tenant):
        before = everything()
    yield
    with within(tenant):
        assert everything() == before


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of the scope that actions about people may write."""
    models = (Operator, Team, TeamMember, Invitation, AuditEntry, EventRecord, OutgoingMail)
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


def audited(tenant: Tenant) -> list[tuple[str, str]]:
    """Return (who, did what) of the tenant's audit entries, oldest first."""
    with within(tenant):
        return list(AuditEntry.objects.order_by("created_at", "pk").values_list("actor_name", "action"))


def published(tenant: Tenant) -> list[str]:
    """Return the types of the tenant's events, oldest first."""
    with within(tenant):
        return list(EventRecord.objects.order_by("pk").values_list("type", flat=True))


def confirmed(user: User) -> User:
    """Confirm the user's e-mail address, as the code would."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def logged_in(client: Client, operator: Operator) -> Client:
    """Log an operator in, past the forms."""
    client.force_login(operator.user)
    return client


def invitation_link(tenant: Tenant) -> str:
    """Return the path of the link in the invitation that was mailed last."""
    with within(tenant):
        mail = OutgoingMail.objects.filter(kind="invitation").latest("created_at", "pk")
    found = re.search(r"/invitations/[\w-]+/", mail.text)
    assert found is not None
    return found.group()
