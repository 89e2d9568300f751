"""What the embedded PostgreSQL and Valkey have in common: start, wait, stop, and clear away a dead one's traces."""

import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

from config.local.account import Account, dies_with_parent, server_account
from config.local.places import Places

START_TIMEOUT = 120  # seconds: recovery after a crash has to fit in
STOP_TIMEOUT = 30


class LocalServer(ABC):
    """One server process of ours on a unix socket."""

    name: str
    stop_signal: signal.Signals

    def __init__(self, places: Places, *, is_throwaway: bool = False) -> None:
        self.places = places
        self.is_throwaway = is_throwaway
        self.account: Account = server_account()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.places.servers / "log" / f"{self.name}.log"

    @property
    def copies(self) -> Path:
        return self.places.servers / "bin"

    def start(self) -> None:
        """Start and return when the server answers. What an earlier, killed run left behind is cleared first."""
        self._make_folders()
        self.prepare()
        self._end_leftover()
        command = self.command()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.places.servers,
                env=self.environment(),
                start_new_session=True,
                preexec_fn=dies_with_parent(self.stop_signal),  # noqa: PLW1509  no threads have started yet
                **self.account.popen_options(),
            )
        self._wait_until_it_answers(self.process)

    def stop(self) -> None:
        """Stop the server and wait for its end; twice is harmless."""
        if self.process is None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    @abstractmethod
    def prepare(self) -> None:
        """Make what the first start needs."""

    @abstractmethod
    def command(self) -> list[str]:
        """Return the command line."""

    @abstractmethod
    def answers(self) -> bool:
        """Say whether the server takes commands."""

    @abstractmethod
    def leftover(self) -> int | None:
        """Return the process id in the lock or pid file, if there is one."""

    def environment(self) -> dict[str, str]:
        """Return the child's environment: nothing of ours, so that no PG* variable or locale gets in."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}

    def _make_folders(self) -> None:
        self.places.home.mkdir(parents=True, exist_ok=True)
        if self.places.servers != self.places.home:
            self.account.make_folder(self.places.servers, mode=0o711)
        self.account.make_folder(self.places.sockets)
        self.account.make_folder(self.log.parent, mode=0o755)

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while not self.answers():
            if process.poll() is not None:
                raise SystemExit(
                    f"{self.name} ended while starting. Its log is {self.log}:\n{self._end_of_log()}"
                )
            if time.monotonic() > deadline:
                self.stop()
                raise SystemExit(
                    f"{self.name} did not answer within {START_TIMEOUT} s. Its log is {self.log}."
                )
            time.sleep(0.02)

    def _end_of_log(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"  {line}" for line in lines[-8:])

    def _end_leftover(self) -> None:
        """Stop a server of ours whose parent was killed. A process that took over its number is left alone."""
        pid = self.leftover()
        if pid is None or not self.is_ours(pid):
            return
        os.kill(pid, self.stop_signal)
        deadline = time.monotonic() + STOP_TIMEOUT
        while self.is_ours(pid) and time.monotonic() < deadline:
            time.sleep(0.05)

    def is_ours(self, pid: int) -> bool:
        """Say whether the process is this server on these data."""
        command = command_line(pid)
        return self.name in command and str(self.places.servers) in command


def command_line(pid: int) -> str:
    """Return the command line of a process, "" when there is none."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    listed = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listed.stdout
