"""An open load: messages at a fixed rate, whatever the answers do.

A latency is counted from the moment the message was due, so that a server that stalls is charged for all that came
due meanwhile ("coordinated omission": Tene, "How not to measure latency"). The loop's own timers are rounded to the
millisecond, which is more than a message takes; the kernel's are not.
"""

import asyncio
import ctypes
import math
import os
import time
from collections.abc import Sequence
from typing import Final

from tests.bench.load import Journal

CLOCK_MONOTONIC: Final = 1
NON_BLOCKING: Final = os.O_NONBLOCK
_libc = ctypes.CDLL(None, use_errno=True)


class _Interval(ctypes.Structure):
    _fields_ = [
        ("every_s", ctypes.c_long),
        ("every_ns", ctypes.c_long),
        ("first_s", ctypes.c_long),
        ("first_ns", ctypes.c_long),
    ]


class Ticks:
    """A kernel timer as an awaitable: ``await ticks.next()`` returns how many came due since."""

    def __init__(self, rate: float) -> None:
        self._file = _libc.timerfd_create(CLOCK_MONOTONIC, NON_BLOCKING)
        if self._file < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")
        nanoseconds = round(1e9 / rate)
        seconds, rest = divmod(nanoseconds, 1_000_000_000)
        self.every = nanoseconds / 1e9
        self._loop = asyncio.get_running_loop()
        self._due = 0
        self._woken = asyncio.Event()
        self._loop.add_reader(self._file, self._read)
        self.begun = time.monotonic()
        _libc.timerfd_settime(self._file, 0, ctypes.byref(_Interval(seconds, rest, seconds, rest)), None)

    def _read(self) -> None:
        self._due += int.from_bytes(os.read(self._file, 8), "little")
        self._woken.set()

    async def next(self) -> int:
        await self._woken.wait()
        self._woken.clear()
        due, self._due = self._due, 0
        return due

    def close(self) -> None:
        self._loop.remove_reader(self._file)
        os.close(self._file)


async def open_loop(senders: Sequence[Journal], *, rate: float, count: int) -> list[float]:
    """Send ``count`` messages, ``rate`` a second over all senders in turn; return seconds from due to seen.

    Every message of a sender is seen in the order it was sent, so the n-th seen is the n-th due.
    """
    ticks = Ticks(rate)
    for sender in senders:
        sender.restart()
    due_at: list[list[float]] = [[] for _ in senders]
    sent = 0
    try:
        while sent < count:
            for _ in range(min(await ticks.next(), count - sent)):
                place = sent % len(senders)
                sent += 1
                due_at[place].append(ticks.begun + sent * ticks.every)
                senders[place].send()
    finally:
        ticks.close()
    for sender, due in zip(senders, due_at, strict=True):
        await sender.until(len(due))
    return [
        seen - due
        for sender, dues in zip(senders, due_at, strict=True)
        for seen, due in zip(sender.seen_at, dues, strict=True)
    ]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
