"""The mail that carries an invitation's link."""

from django.conf import settings
from django.urls import reverse

from operators.models import Invitation
from tenants.mail import queue_mail
from tenants.models import Tenant


def send_invitation(*, invitation: Invitation, token: str, inviter: str) -> None:
    """Queue the mail with the link, in the tenant's language: nothing is known yet about who reads it."""
    tenant = Tenant.objects.get(pk=invitation.tenant_id)
    queue_mail(
        to=invitation.email,
        template="invitation",
        kind="invitation",
        language=tenant.language,
        context={
            "tenant_name": tenant.name,
            "inviter": inviter,
            "role": invitation.role,
            "link": settings.PARLEY_ORIGIN + reverse("invitation", args=[token]),
            "expires_at": invitation.expires_at.isoformat(),
        },
    )
