"""The servers of a test run go away with the process they belong to, however it ends."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.local import throwaway
from config.local.places import Places


def servers_of(home: Path) -> list[str]:
    """Return the command lines of the processes that work in a folder."""
    listed = subprocess.run(["ps", "-A", "-ww", "-o", "command="], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if str(home) in line]


def test_servers_of_a_killed_process_stop_and_leave_no_folder() -> None:
    home = Path(tempfile.mkdtemp(prefix="parley-test-"))
    home.chmod(0o711)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as owner:
        throwaway.start(Places(home), owner_pid=owner.pid)
        started = {Path(line.split()[0]).name for line in servers_of(home)}
        owner.kill()
        owner.wait()

    deadline = time.monotonic() + 60
    while (home.exists() or servers_of(home)) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert {"postgres", "valkey-server"} <= started
    assert servers_of(home) == []
    assert not home.exists()
