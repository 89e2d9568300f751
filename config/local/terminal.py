"""What `make run` writes on the terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from config.local.places import ROOT


def say(text: str = "", *, end: str = "\n") -> None:
    """Print at once: the terminal shows what is being waited for."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print ``name``, and after the block how long it took."""
    say(f"  {name:<28}", end="")
    begun = time.monotonic()
    yield
    say(f"{time.monotonic() - begun:6.1f} s")


def has_command(name: str) -> bool:
    """Say whether one of the apps has this management command."""
    return any(ROOT.glob(f"*/management/commands/{name}.py"))
