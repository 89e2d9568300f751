"""What visitors leave behind without wanting it kept: files never sent, sessions that ran out."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from conversations.actions.upload_attachment import forget_file
from conversations.models import Attachment, VisitorSession
from tenants.clock import now

# A file uploaded for a message that was not sent since.
ORPHAN_AGE: Final = timedelta(days=1)
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
