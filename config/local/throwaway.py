"""A PostgreSQL and a Valkey for one test run: `python -m config.local.throwaway FOLDER OWNER_PID`.

They are a process of their own, so that the first test process that needs them can start them for all, and so that
they go away with the run even when it is killed.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from config.local.places import ROOT, Places
from config.local.postgres import Postgres
from config.local.valkey import Valkey

READY = "ready"


def start(places: Places, *, owner_pid: int) -> None:
    """Start both servers for as long as ``owner_pid`` lives; returns when they answer."""
    with (places.home / "servers.log").open("ab") as log:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "config.local.throwaway", str(places.home), str(owner_pid)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=ROOT,
            start_new_session=True,
        )
    with supervisor.stdout or Path(os.devnull).open("rb") as answer:
        if answer.readline().strip() != READY.encode():
            supervisor.wait()
            raise SystemExit((places.home / "servers.log").read_text(encoding="utf-8"))
    (places.home / "supervisor.pid").write_text(str(supervisor.pid), encoding="ascii")
    # Nobody here waits for it: it ends with the run, and init collects it.
    supervisor.returncode = 0


def stop(places: Places) -> None:
    """Stop the servers of ``places``, if they were started, and delete their folder."""
    try:
        pid = int((places.home / "supervisor.pid").read_text(encoding="ascii"))
    except FileNotFoundError:
        shutil.rmtree(places.home, ignore_errors=True)
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 30
    while places.home.exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def main(home: str, owner_pid: str) -> None:
    """Run the servers until SIGTERM, or until the owner is gone."""
    places = Places(Path(home))
    places.home.chmod(0o711)
    stopping = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    servers = [Postgres(places, is_throwaway=True), Valkey(places, is_throwaway=True)]
    try:
        for server in servers:
            server.start()
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()
        while not stopping.wait(1) and _is_alive(int(owner_pid)):
            pass
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(places.home, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
