"""Where the local servers keep their sockets and data."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

# A unix socket's path may be 103 bytes on macOS and 107 on Linux, with the server's own file name in it.
LONGEST_SOCKET_FOLDER = 80

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """The folders of one set of local servers, all under ``home``."""

    home: Path

    @property
    def sockets(self) -> Path:
        """The sockets' folder: under home, or a short one in the temporary folder when home is too deep."""
        folder = self.home / "run"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"parley-{os.getuid()}-{digest}"

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


LOCAL = Places(ROOT / "var")
