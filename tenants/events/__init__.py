"""Events: declaring, publishing, reading."""

from tenants.events.publish import broadcast, publish
from tenants.events.reader import Reader, StoredEvent
from tenants.events.registry import Audience, Event, event

__all__ = ["Audience", "Event", "Reader", "StoredEvent", "broadcast", "event", "publish"]
