"""Every variable is declared once; a bad value or a mistyped name stops the start and names itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import addresses
from config.environment import BadEnvironment, Environment
from config.local.places import ROOT


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py check` with these variables on top of a clean environment."""
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.base"}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**clean, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_problem_is_named_at_once_and_without_a_traceback() -> None:
    refused = start(PORT="eighty", PARLEY_DEBUG="maybe", PARLEY_SECERT_KEY="x", REDIS_URL="localhost:6379")
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "Parley cannot start:",
        "  PORT must be a whole number from 1 to 65535",
        "  PARLEY_DEBUG must be true or false",
        "  REDIS_URL must begin with redis:// or rediss:// or unix://",
        "  PARLEY_SECERT_KEY is not a variable Parley knows",
    ]


def test_a_public_address_needs_a_secret_key_of_its_own() -> None:
    refused = start(PARLEY_ORIGIN="https://chat.example.com", PARLEY_SECRET_KEY="short")
    assert "PARLEY_SECRET_KEY must have 50 or more random characters" in refused.stderr


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from the file\n")
    env = Environment({"PARLEY_SECRET_KEY_FILE": str(file)})
    assert env.secret("PARLEY_SECRET_KEY", default="", about="") == "from the file"
    env.check()


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    env = Environment({"PARLEY_SECRET_KEY_FILE": str(tmp_path / "key"), "PARLEY_SECRET_KEY": "direct"})
    env.secret("PARLEY_SECRET_KEY", default="", about="")
    with pytest.raises(BadEnvironment, match="set twice"):
        env.check()


@pytest.mark.parametrize(
    "value", ["chat.example.com", "https://chat.example.com/path", "ftp://chat.example.com", "https://"]
)
def test_an_origin_is_scheme_and_host_only(value: str) -> None:
    env = Environment({"PARLEY_ORIGIN": value})
    env.origin("PARLEY_ORIGIN", default="http://localhost:8000", about="")
    assert env.problems == ["PARLEY_ORIGIN must look like https://chat.example.com"]


def test_a_database_address_may_be_tcp_or_a_socket() -> None:
    tcp = addresses.database("postgresql://app:p%40ss@db.internal:6432/parley?sslmode=verify-full")
    assert (tcp["HOST"], tcp["PORT"], tcp["NAME"], tcp["USER"], tcp["PASSWORD"], tcp["OPTIONS"]) == (
        "db.internal",
        "6432",
        "parley",
        "app",
        "p@ss",
        {"sslmode": "verify-full"},
    )
    socket = addresses.database("postgresql://app@/parley?host=/run/postgresql")
    assert (socket["HOST"], socket["PORT"], socket["OPTIONS"]) == ("/run/postgresql", "", {})


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("redis://localhost:6379/2", "redis://localhost:6379/2"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
    ],
)
def test_celery_spells_a_socket_its_own_way(url: str, spelled: str) -> None:
    assert addresses.celery_broker(url) == spelled


@pytest.mark.parametrize(
    ("url", "port", "tls_at_once", "starttls"),
    [
        ("smtp://localhost:1025", 1025, False, False),
        ("smtp://me:secret@mail.example.com:587", 587, False, True),
        ("smtps://me:secret@mail.example.com", 465, True, False),
    ],
)
def test_a_password_never_goes_to_the_mail_server_in_the_clear(
    url: str, port: int, *, tls_at_once: bool, starttls: bool
) -> None:
    server = addresses.email(url)
    assert (server.port, server.tls_at_once, server.starttls) == (port, tls_at_once, starttls)


def test_a_public_installation_passes_djangos_deployment_check() -> None:
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            "PATH": os.environ["PATH"],
            "PARLEY_ORIGIN": "https://chat.example.com",
            "PARLEY_SECRET_KEY": "a-key-of-Many-different-Letters-0123456789-xyzw-QRSTUV",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
