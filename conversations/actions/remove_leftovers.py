"""What nobody wants kept: files never sent, sessions that ran out, notifications read long ago."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from conversations.actions.upload_attachment import forget_file
from conversations.models import Attachment, Notification, VisitorSession
from tenants.clock import now

# A file uploaded for a message that was not sent since.
ORPHAN_AGE: Final = timedelta(days=1)
# Notifications that were read so long ago.
READ_AGE: Final = timedelta(days=90)
BATCH: Final = 1000


@transaction.atomic
def remove_orphan_files() -> int:
    """Delete up to BATCH files that belong to no message after ORPHAN_AGE. Returns how many."""
    orphans = list(
        Attachment.objects.select_for_update(skip_locked=True).filter(
            message=None, created_at__lt=now() - ORPHAN_AGE
        )[:BATCH]
    )
    for orphan in orphans:
        forget_file(storage_key=orphan.storage_key)
    Attachment.objects.filter(pk__in=[orphan.pk for orphan in orphans]).delete()
    return len(orphans)


def remove_expired_sessions() -> int:
    """Delete visitors' sessions that have run out. Returns how many."""
    return VisitorSession.objects.filter(expires_at__lt=now()).delete()[0]


def remove_read_notifications() -> int:
    """Delete notifications that were read READ_AGE ago. Returns how many."""
    return Notification.objects.filter(read_at__lt=now() - READ_AGE).delete()[0]
