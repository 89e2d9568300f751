"""Where the local servers keep their sockets and data."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# A unix socket's path may be 103 bytes on macOS and 107 on Linux, with the server's own file name in it.
LONGEST_SOCKET_FOLDER = 80


def is_open_to_others(folder: Path) -> bool:
    """Say whether any user may pass through ``folder`` and everything above it."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    return all(place.stat().st_mode & 0o001 for place in (existing, *existing.parents))


@dataclass(frozen=True)
class Places:
    """The folders of one set of local servers. ``home`` is absolute."""

    home: Path

    @property
    def digest(self) -> str:
        return hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]

    @property
    def servers(self) -> Path:
        """Data of PostgreSQL and Valkey: home, unless root keeps home where no other user can enter.

        PostgreSQL refuses to run as root, and the user it runs as has to reach its files.
        """
        if os.geteuid() == 0 and not is_open_to_others(self.home.parent):
            return Path("/var/lib") / f"parley-{self.digest}"
        return self.home

    @property
    def sockets(self) -> Path:
        """The sockets' folder: with the data, or a short path in the temporary folder when that lies too deep."""
        folder = self.servers / "run"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        return Path(tempfile.gettempdir()) / f"parley-{os.geteuid()}-{self.digest}"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def secret_key_file(self) -> Path:
        return self.home / "secret_key"

    @property
    def mail(self) -> Path:
        return self.home / "mail"

    def database_url(self, *, role: str, database: str = "parley") -> str:
        """Return the address of a database of the local PostgreSQL, over its socket."""
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def redis_url(self, *, number: int = 0) -> str:
        """Return the address of one numbered database of the local Valkey."""
        return f"unix://{self.valkey_socket}?db={number}"

    def secret_key(self) -> str:
        """Return the key `make run` has made on this machine, or "" before the first run."""
        try:
            return self.secret_key_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""
