"""One of a thing for each event loop: connections and tasks must not cross from one loop to another.

A process has one loop; a test run has many.
"""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")


class PerLoop(Generic[T]):
    """Call it inside a running loop to get that loop's own, made by ``make`` on first use."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self.made: WeakKeyDictionary[asyncio.AbstractEventLoop, T] = WeakKeyDictionary()

    def __call__(self) -> T:
        loop = asyncio.get_running_loop()
        made = self.made.get(loop)
        if made is None:
            made = self.made[loop] = self._make()
        return made

    def forget(self) -> T | None:
        """Take the running loop's own away and return it; None when there is none."""
        return self.made.pop(asyncio.get_running_loop(), None)
