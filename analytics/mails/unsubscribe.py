"""The link at the foot of a report that switches it off: it needs no log-in, and acts on POST only."""

import time
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from analytics.mails.schedule import Frequency
from operators.models import Operator
from tenants import audit
from tenants.scoping import TenantId, current_tenant_id
from tenants.signing import sign, verify
from tenants.timers import cancel_timer

PURPOSE: Final = "report.stop"
# Mails are kept for years, and their links shall go on working.
GOOD_FOR_SECONDS: Final = 5 * 366 * 86_400


def stop_url(*, operator: Operator, frequency: Frequency) -> str:
    """Return the address that stops one kind of report for one operator."""
    signature = sign(
        purpose=PURPOSE,
        tenant_id=current_tenant_id(),
        subject=_subject(operator.pk, frequency),
        expires_at=int(time.time()) + GOOD_FOR_SECONDS,
    )
    path = reverse("report_stop", args=[operator.pk, frequency.name.lower()])
    return f"{settings.PARLEY_ORIGIN}{path}?s={signature}"


def tenant_of(*, operator_id: UUID, frequency: Frequency, signature: str) -> TenantId:
    """Return the tenant of a link. Raises NotFound for one that is not ours, Expired for one too old."""
    return verify(purpose=PURPOSE, subject=_subject(operator_id, frequency), signature=signature)


def stop(*, operator_id: UUID, frequency: Frequency) -> None:
    """Switch a report off for an operator of the tenant in scope; again changes nothing. Raises NotFound."""
    operator = Operator.locked(operator_id=operator_id)
    cancel_timer(kind=frequency.timer, subject_id=operator_id)
    if not operator.wants(frequency.value):
        return
    operator.notifications = {**operator.notifications, frequency.value: False}
    operator.save(update_fields=["notifications"])
    audit.record(
        actor=operator.actor,
        action="report_mail.stopped",
        target=f"operator:{operator_id}",
        changes={frequency.value: [True, False]},
    )


def _subject(operator_id: UUID, frequency: Frequency) -> str:
    return f"{operator_id}:{frequency.value}"
