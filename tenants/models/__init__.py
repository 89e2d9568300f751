"""The models of the tenants app."""

from tenants.models.api_key import ApiKey
from tenants.models.audit_entry import AuditEntry
from tenants.models.event_record import EventRecord
from tenants.models.idempotency_record import IdempotencyRecord
from tenants.models.outgoing_mail import OutgoingMail
from tenants.models.reader_cursor import ReaderCursor
from tenants.models.tenant import Tenant
from tenants.models.timer import Timer

__all__ = [
    "ApiKey",
    "AuditEntry",
    "EventRecord",
    "IdempotencyRecord",
    "OutgoingMail",
    "ReaderCursor",
    "Tenant",
    "Timer",
]
