"""Answers for load balancers and monitors."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from redis import Redis

from config.celery import TICK_EVERY, TICK_KEY
from config.database_role import refuse_unbound_role
from tenants.draining import drain

log = structlog.get_logger(__name__)

OLDEST_TICK = 6 * TICK_EVERY  # seconds


@never_cache
def process(request: HttpRequest) -> HttpResponse:
    """200 while this process answers, whatever the state of what it depends on."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readiness(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and background jobs work, else 503; the body names each.

    Also 503 while the process goes: it takes no new work.
    """
    checks = {"database": _works(_database), "broker": _works(_broker), "jobs": _works(_jobs)}
    ready = all(checks.values()) and not drain.is_draining
    response = JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  asking is no error
    return response


def _works(check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception as problem:  # noqa: BLE001  whatever it is, the answer is "not ready"
        log.info("not ready", check=check.__name__.lstrip("_"), problem=str(problem))
        return False
    return True


def _database() -> None:
    refuse_unbound_role()


def _broker() -> None:
    with Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3) as client:
        client.ping()


def _jobs() -> None:
    newest = cache.get(TICK_KEY)
    if newest is None or time.time() - newest > OLDEST_TICK:
        raise RuntimeError("no background job has run lately: are the worker and beat running?")
