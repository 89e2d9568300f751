"""The broker's connection of this process, per event loop."""

from django.conf import settings
from redis.asyncio import Redis

from conversations.presence import Presence
from tenants.per_loop import PerLoop


def _connected() -> Presence:
    # A broker that hangs costs at most a second.
    return Presence(Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1))


# The presence of the running loop.
presence = PerLoop(_connected)
