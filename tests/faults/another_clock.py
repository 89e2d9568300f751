"""`python -m tests.faults.another_clock SECONDS MODULE [argument ...]`: run a program whose clock is wrong.

Django's idea of now and Python's time.time are moved; what the database calls now is not, as with a real machine whose
clock is off.
"""

import runpy
import sys
import time
from datetime import datetime, timedelta

from django.utils import timezone


def move(seconds: float) -> None:
    """Let this process believe that it is ``seconds`` later."""
    true_now, true_time = timezone.now, time.time

    def now() -> datetime:
        return true_now() + timedelta(seconds=seconds)

    timezone.now = now
    time.time = lambda: true_time() + seconds


if __name__ == "__main__":
    seconds, module, *arguments = sys.argv[1:]
    move(float(seconds))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
