"""Settings of the benchmark: the product's own, but for limits that no person reaches and every measurement would.

The addresses are in the environment already: tests/bench/stage.py has started the servers.
"""

from config.settings.base import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.baselines"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a load of operators is made at once
PARLEY_SOCKET_LIMITS = (1_000_000.0, 1_000_000)
PARLEY_MESSAGE_LIMITS = {
    name: (1e6, 1_000_000, handful)
    for name, (_, _, handful) in PARLEY_MESSAGE_LIMITS.items()  # noqa: F405
}
# The textbook's consumer talks over the layer that the textbook shows.
CHANNEL_LAYERS = {
    **CHANNEL_LAYERS,  # noqa: F405
    "textbook": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [{"address": REDIS_URL, "socket_timeout": 15}],  # noqa: F405
            "prefix": "textbook",
            "capacity": 10_000,
        },
    },
}
