"""Which user the local servers run as, and how a child is kept from outliving its parent."""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Account:
    """A user and group to run a server as."""

    uid: int
    gid: int

    def popen_options(self) -> dict[str, Any]:
        """Return what makes subprocess.Popen run as this user, when that is not who we are already."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def make_folder(self, folder: Path, *, mode: int = 0o700) -> None:
        """Make a folder that belongs to this account. Refuses one that somebody else has put there."""
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        owner = folder.lstat().st_uid
        if folder.is_symlink() or owner not in {os.geteuid(), self.uid}:
            raise SystemExit(f"{folder} belongs to another user: remove it, or put Parley elsewhere.")
        if os.geteuid() == 0:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(mode)


def server_account() -> Account:
    """Return our own account, or an unprivileged one when we are root: PostgreSQL refuses to run as root.

    initdb looks the user up by name, so it has to be one the system knows.
    """
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid)
    raise SystemExit("Parley runs as root here and finds no unprivileged user to run PostgreSQL as.")


def dies_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """Return a preexec_fn that has Linux send ``stop_signal`` to the child when its parent is gone."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)

    return ask
