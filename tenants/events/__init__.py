"""Events: declaring, publishing, reading."""

from tenants.events.publish import broadcast, publish
from tenants.events.registry import Audience, Event, event
from tenants.events.reader import Reader, StoredEvent

__all__ = ["Audience", "Event", "Reader", "StoredEvent", "broadcast", "event", "publish"]
