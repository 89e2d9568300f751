"""Finds nginx and Caddy for the tests of the shipped configurations; `python -m config.local.proxies` fetches them.

Debian's packages are unpacked and not installed: nobody needs to be root, and no service is started.
"""

import os
import shutil
import subprocess
from pathlib import Path

from config.local.places import ROOT

NAMES = ("nginx", "caddy")  # Debian's packages are called like the programs
FOLDER = ROOT / ".venv" / "proxies"
# Debian keeps servers where only root's PATH leads.
PLACES = ("/usr/local/sbin", "/usr/sbin", f"{FOLDER}/usr/sbin", f"{FOLDER}/usr/bin")


def find(name: str) -> str | None:
    """Return the program: the system's, else the one that was fetched, else None."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), *PLACES]))


def fetch(name: str, *, folder: Path = FOLDER) -> None:
    """Unpack Debian's package of a program into ``folder``. Raises CalledProcessError or OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", "-qq", name], cwd=folder, check=True)
    for package in folder.glob(f"{name}_*.deb"):
        subprocess.run(["dpkg", "-x", package.name, "."], cwd=folder, check=True)
        package.unlink()


def main() -> None:
    """Fetch what is missing. Ends with a sentence where that cannot be done."""
    missing = [name for name in NAMES if find(name) is None]
    if not missing:
        return
    print(f"Fetching {' and '.join(missing)} for the tests ...", flush=True)  # noqa: T201
    try:
        if os.geteuid() == 0:
            subprocess.run(["apt-get", "update", "-qq"], check=True)
        for name in missing:
            fetch(name)
    except (OSError, subprocess.CalledProcessError):
        raise SystemExit(
            "The tests of the shipped proxy configurations need nginx and caddy: "
            "install them from your system's packages"
        ) from None


if __name__ == "__main__":
    main()
