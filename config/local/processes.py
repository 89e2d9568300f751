"""Parley's own processes, watched: one that ends is started again, one that keeps ending stops them all."""

import os
import signal
import subprocess
import time
from collections import deque
from dataclasses import dataclass, field

from config.local.account import dies_with_parent
from config.local.places import ROOT

PATIENCE = 60.0  # seconds in which
MOST_ENDS = 4  # so many unexpected ends are too many


@dataclass
class Child:
    """One process: how it is started, and how it is asked to stop."""

    name: str
    command: list[str]
    environment: dict[str, str]
    stop_timeout: float = 10.0
    process: subprocess.Popen[bytes] | None = None
    ends: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_ENDS))

    def start(self) -> None:
        """Start it, away from the terminal's Ctrl-C: we stop it ourselves, in order."""
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509  this process has one thread
        )

    def stop(self) -> None:
        """Ask it to end, wait, and end it when it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.stop_timeout)
        except subprocess.TimeoutExpired:
            # Its own children with it: a Celery worker leaves its pool behind otherwise.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ends_too_often(self) -> bool:
        """Note one more unexpected end; say whether there were too many in a short time."""
        self.ends.append(time.monotonic())
        return len(self.ends) == MOST_ENDS and self.ends[-1] - self.ends[0] < PATIENCE
