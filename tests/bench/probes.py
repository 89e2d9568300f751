"""Every probe by its name, in the order they run. Import only after Django is set up."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from tests.bench import growth, latency, messages, receivers, sockets, together
from tests.bench.pages import desk, host, weights
from tests.bench.report import Figure
from tests.bench.rig import Rig

Probe = Callable[[Rig], Coroutine[Any, Any, list[Figure]]]

PROBES: Final[dict[str, Probe]] = {
    "cpu": messages.cpu,
    "rate": messages.rate,
    "batching": messages.batching,
    "latency": latency.latency,
    "noisy": latency.noisy,
    "receivers": receivers.receivers,
    "idle": sockets.idle,
    "reconnect": sockets.reconnect,
    "growth": growth.growth,
    "second": together.second,
    "weights": weights.weights,
    "host": host.host,
    "desk": desk.desk,
}
