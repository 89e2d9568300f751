"""What happens to a log-in, written down where the person works."""

from typing import Final

from operators.authentication import operators_of
from operators.models import User
from tenants.audit import record
from tenants.permissions import Actor
from tenants.scoping import TenantId, tenant_scope

# django-allauth's notices about a log-in, and what each is called in the audit trail.
ACTIONS: Final = {
    "account/email/password_changed": "operator.password_changed",
    "account/email/email_changed": "operator.email_changed",
    "mfa/email/totp_activated": "operator.second_factor_on",
    "mfa/email/totp_deactivated": "operator.second_factor_off",
    "mfa/email/recovery_codes_generated": "operator.recovery_codes_made",
}


def note_log_in(*, user: User) -> None:
    """Note a log-in at every tenant the person works for: it opens all of them. No scope may be open."""
    for operator in operators_of(user_id=user.pk):
        with tenant_scope(TenantId(operator.tenant_id)):
            record(actor=operator.actor, action="operator.logged_in", target=f"operator:{operator.pk}")


def note_change(*, actor: Actor, notice: str) -> None:
    """Note a change of a log-in at the tenant the person works for right now; other notices are not noted."""
    if action := ACTIONS.get(notice):
        with tenant_scope(actor.tenant_id):
            record(actor=actor, action=action, target=actor.reference)
