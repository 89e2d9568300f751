"""The broker's connection of this process, per event loop."""

import asyncio
from weakref import WeakKeyDictionary

from django.conf import settings
from redis.asyncio import Redis

from conversations.presence import Presence

_presences: WeakKeyDictionary[asyncio.AbstractEventLoop, Presence] = WeakKeyDictionary()


def presence() -> Presence:
    """Return the presence of the running loop; a broker that hangs costs at most a second."""
    loop = asyncio.get_running_loop()
    made = _presences.get(loop)
    if made is None:
        client = Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
        made = _presences[loop] = Presence(client)
    return made
