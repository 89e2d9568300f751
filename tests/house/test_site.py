"""The running site answers over real HTTP."""

import json
import urllib.request
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from config.celery import TICK_KEY, tick


def get(url: str) -> tuple[int, Message, bytes]:
    """Return status, headers and body."""
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as answer:
        return answer.code, answer.headers, answer.read()


def test_the_process_answers(site: str) -> None:
    status, headers, body = get(f"{site}/healthz")
    assert (status, body) == (200, b"ok\n")
    assert "no-store" in headers["Cache-Control"]


def test_ready_when_database_broker_and_jobs_work(site: str) -> None:
    tick()
    status, _headers, body = get(f"{site}/readyz")
    assert (status, json.loads(body)) == (
        200,
        {"ready": True, "database": True, "broker": True, "jobs": True},
    )


def test_not_ready_when_no_job_has_run_for_a_minute(site: str) -> None:
    cache.set(TICK_KEY, 1_000_000)
    status, _headers, body = get(f"{site}/readyz")
    assert (status, json.loads(body)) == (
        503,
        {"ready": False, "database": True, "broker": True, "jobs": False},
    )


def test_a_missing_page_says_so_in_the_readers_language(site: str) -> None:
    status, headers, body = get(f"{site}/nowhere/")
    assert status == 404
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert b'<html lang="en" dir="ltr">' in body


def test_a_missing_api_address_answers_with_a_problem(site: str) -> None:
    status, headers, body = get(f"{site}/api/v1/nowhere")
    assert (status, headers["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(body)["code"] == "not_found"


def test_built_files_are_served_for_ever(site: str) -> None:
    manifest = settings.DJANGO_VITE["default"]["manifest_path"]
    file = json.loads(Path(str(manifest)).read_text(encoding="utf-8"))["static/console/main.tsx"]["file"]
    status, headers, _body = get(f"{site}/static/dist/{file}")
    assert (status, headers["Cache-Control"]) == (200, "max-age=315360000, public, immutable")


@pytest.mark.usefixtures("db")
def test_each_worker_has_a_broker_database_of_its_own(broker: redis.Redis) -> None:
    cache.set("greeting", "hello")
    assert [
        key.decode().startswith(settings.CACHES["default"]["KEY_PREFIX"]) for key in broker.scan_iter()
    ] == [True]


def test_a_part_of_a_static_file_can_be_asked_for(site: str) -> None:
    request = urllib.request.Request(f"{site}/static/dist/manifest.json", headers={"Range": "bytes=0-1"})
    with urllib.request.urlopen(request) as answer:
        assert (answer.status, answer.read(), answer.headers["Content-Length"]) == (206, b"{\n", "2")
