"""A business signs up: tenant, owner and first inbox, all or nothing."""

from django.db import transaction

from conversations.actions.create_inbox import create_inbox
from operators.actions.make_owner import make_owner
from operators.models import Operator, User
from tenants.actions.create_tenant import create_tenant
from tenants.scoping import tenant_scope


@transaction.atomic
def open_business(*, user: User, name: str, language: str, time_zone: str) -> Operator:
    """Create a business owned by ``user``, with a widget inbox ready to be embedded.

    Nobody could have opened the scope before: the tenant is born here. operators/ may not know
    conversations/, which is why this one verb lives above both.
    """
    tenant = create_tenant(name=name, language=language, time_zone=time_zone)
    with tenant_scope(tenant.tenant_id):
        owner = make_owner(user=user)
        create_inbox(actor=owner.actor, name=tenant.name, language=language)
    return owner
