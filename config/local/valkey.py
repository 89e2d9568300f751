"""The embedded Valkey: live updates, the task queue and the cache, on a unix socket."""

import signal
from pathlib import Path

import redis

from config.local.binaries import valkey_binary
from config.local.server import LocalServer


class Valkey(LocalServer):
    """Valkey on a unix socket, its append-only file under var/."""

    name = "valkey"
    stop_signal = signal.SIGTERM

    @property
    def data(self) -> Path:
        return self.places.servers / "valkey"

    @property
    def pid_file(self) -> Path:
        return self.data / "valkey.pid"

    def prepare(self) -> None:
        self.account.make_folder(self.data)

    def command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.places.valkey_socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "pidfile": str(self.pid_file),
            "databases": "128",
            "appendonly": "no" if self.is_throwaway else "yes",
            "save": "",
            # A queue that forgets its oldest entries would lose work without a word.
            "maxmemory-policy": "noeviction",
            # The command line stays as it is: a later start knows the process by it.
            "set-proc-title": "no",
        }
        program = valkey_binary(account=self.account, copies=self.copies)
        return [str(program), *(word for name, value in options.items() for word in (f"--{name}", value))]

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.places.redis_url(), socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def leftover(self) -> int | None:
        try:
            return int(self.pid_file.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None
