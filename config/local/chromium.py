"""Finds a Chromium for the browser tests: `python -m config.local.chromium` installs one where it can."""

import os
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Quiet, and without anything that would call home.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find(*, playwrights_own: str) -> str | None:
    """Return the program: Playwright's own browser where it was installed, else one on PATH, else None."""
    if Path(playwrights_own).exists():
        return playwrights_own
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Install Debian's Chromium. Ends with a sentence where that cannot be done."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SystemExit(
            "The browser tests need Chromium: install it from your system's packages, "
            "or run .venv/bin/playwright install chromium"
        )
    print("Installing Chromium for the browser tests ...", flush=True)  # noqa: T201
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=True)
    packages = ["chromium", "fonts-noto-core"]  # the fonts have the Arabic and Persian letters
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=quiet, check=True
    )


def main() -> None:
    """Install a browser when there is none."""
    with sync_playwright() as playwright:
        found = find(playwrights_own=playwright.chromium.executable_path)
    if found is None:
        install()


if __name__ == "__main__":
    main()
