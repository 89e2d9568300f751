"""The Celery application and its schedule."""

import os
import time
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import celery.beat
import django
from celery import Celery, signals
from django.core.cache import cache
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

APPS = ("tenants", "operators", "conversations", "analytics")
TICK_KEY = "jobs:newest-tick"
TICK_EVERY = 10.0  # seconds


@signals.setup_logging.connect
def leave_logging_to_django(**_details: object) -> None:
    """Keep Celery from adding handlers of its own: config/logging.py has set everything up."""


app = Celery("parley")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.task(expires=TICK_EVERY)
def tick() -> None:
    """Note that beat, broker and worker are alive. /readyz reads it."""
    cache.set(TICK_KEY, time.time(), timeout=600)


def schedule() -> dict[str, dict[str, Any]]:
    """Return what runs when: every app's ``tasks.BEAT``, each entry as Celery's beat_schedule has it."""
    entries: dict[str, dict[str, Any]] = {"tick": {"task": tick.name, "schedule": TICK_EVERY}}
    for name in APPS:
        if find_spec(f"{name}.tasks"):
            entries |= getattr(import_module(f"{name}.tasks"), "BEAT", {})
    return entries


class StaticScheduler(celery.beat.Scheduler):
    """Beat without a file: the schedule is code, and a missed turn is caught up by the next."""

    def setup_schedule(self) -> None:
        django.setup()
        with suppress(OperationalError):  # beat may be there before the broker is
            tick.delay()  # now, and then as scheduled: /readyz need not wait for the first turn
        self.merge_inplace(schedule())  # type: ignore[arg-type]  # the stubs forget plain dicts
