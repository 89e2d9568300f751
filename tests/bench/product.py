"""The product's own application, in a process that can be told to tidy its memory before it is weighed.

SIGUSR1 collects garbage. With BENCH_PROFILE=<file> in the environment, the first SIGUSR2 begins a profile of the main
thread and the second writes it there.
"""

import cProfile
import gc
import os
import signal
from types import FrameType

from config.asgi import application

__all__ = ["application"]

_profile = cProfile.Profile()
_is_profiling = False


def _tidy(number: int, frame: FrameType | None) -> None:
    gc.collect()


def _switch_profile(number: int, frame: FrameType | None) -> None:
    global _is_profiling  # noqa: PLW0603 - one profile per process
    if _is_profiling:
        _profile.disable()
        _profile.dump_stats(os.environ["BENCH_PROFILE"])
    else:
        _profile.enable()
    _is_profiling = not _is_profiling


signal.signal(signal.SIGUSR1, _tidy)
if "BENCH_PROFILE" in os.environ:
    signal.signal(signal.SIGUSR2, _switch_profile)
