"""Has the line been pasted? The checklist of a new business waits for it."""

from typing import Final

from django.core.cache import cache

from conversations.inboxes.widget.origins import is_own, may_embed
from conversations.models import Inbox
from tenants.clock import now

# A busy site asks for the loader all day; one note in this many seconds is enough.
NOTE_EVERY: Final = 300


def note_snippet(inbox: Inbox, *, host: str) -> None:
    """Note that a page on ``host`` carries the widget. Our own pages do not count. Called in the tenant's scope."""
    if not host or is_own(host) or not may_embed(inbox, host):
        return
    if not cache.add(f"snippet:{inbox.tenant_id.hex}:{inbox.pk.hex}:{host}", 1, NOTE_EVERY):
        return
    Inbox.objects.filter(pk=inbox.pk).update(snippet_seen_at=now(), snippet_seen_host=host)
