"""`make run` brings everything up, keeps it up, and takes everything down again."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.local.places import ROOT, Places
from config.local.ports import free_port
from config.local.server import command_line
from config.settings.test import PLACES


@contextmanager
def running(home: Path, *, port: int) -> Iterator[subprocess.Popen[str]]:
    """Start the runner on a data folder of its own; what it prints can be read line by line."""
    process = subprocess.Popen(
        [sys.executable, "-m", "config.local.run"],
        env={
            "PATH": os.environ["PATH"],
            "PORT": str(port),
            "PARLEY_DATA_DIR": str(home),
            "PARLEY_DEMO": "false",
        },
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """Return everything printed up to and with the line that contains ``text``."""
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += str(line)
        if text in line:
            return printed
    raise AssertionError(printed)


def open_folder() -> Path:
    """Return a data folder that an unprivileged PostgreSQL can enter; pytest's own are closed."""
    return PLACES.home / "run-test"


def processes_of(home: Path) -> list[int]:
    """Return the processes on this machine that name ``home`` on their command line."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if str(home) in command_line(pid)]


def children_of(pid: int, *, naming: str) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children if naming in command_line(int(child))]


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=5) as answer:
            return bool(json.load(answer)["ready"])
    except (urllib.error.HTTPError, OSError):
        return False


def wait_until_ready(port: int) -> None:
    deadline = time.monotonic() + 60
    while not is_ready(port):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_one_command_starts_everything_restarts_what_dies_and_stops_it_all(test_servers: None) -> None:
    home, port = open_folder(), free_port()
    with running(home, port=port) as runner:
        printed = read_until(runner, "Ctrl-C stops everything")
        assert "Parley is ready" in printed
        assert f"http://localhost:{port}/mail/" in printed
        assert is_ready(port)
        (web,) = children_of(runner.pid, naming="config.serve")
        os.kill(web, signal.SIGKILL)
        read_until(runner, "web ended with code -9: starting it again.")
        wait_until_ready(port)
    assert runner.returncode == 0
    assert processes_of(home) == []
    assert not is_ready(port)


def test_a_taken_port_gets_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with running(tmp_path / "var", port=port) as runner:
            printed = read_until(runner, "Port")
    assert printed == (
        f"Port {port} is taken by another program. Stop it, or choose another: make run PORT={port + 1}\n"
    )


def test_a_second_run_on_the_same_data_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "run.lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with running(tmp_path, port=free_port()) as runner:
            printed = read_until(runner, "Parley")
    assert printed == "Parley already runs from this folder (process 4711).\n"


def test_a_home_that_lies_too_deep_for_a_socket_gets_a_short_one(tmp_path: Path) -> None:
    deep = Places(tmp_path / ("deep" * 30))
    assert len(os.fsencode(deep.valkey_socket)) < 100
    assert Places(Path("/srv/parley/var")).valkey_socket == Path("/srv/parley/var/run/valkey.sock")
