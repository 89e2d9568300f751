"""`python -m tests.bench [probe ...]`: measure, print a table, write var/bench/latest.json."""

import sys
import time
from pathlib import Path

import uvloop

from config.local.places import ROOT, Places
from config.local.terminal import say
from tests.bench.report import Report
from tests.bench.stage import Stage

OUTPUT = ROOT / "var" / "bench" / "latest.json"
# Root's servers run as another account, which must reach them; two checkouts must not share them.
HOME = (
    Path("/tmp") / f"parley-bench-{Places(ROOT).digest}"
    if ROOT.stat().st_uid == 0
    else ROOT / "var" / "bench" / "home"
)


def main(wanted: list[str]) -> None:
    """Run the probes named, or all."""
    report = Report()
    with Stage(HOME) as stage:
        import django

        django.setup()
        from tests.bench.probes import PROBES
        from tests.bench.rig import Rig

        if unknown := set(wanted) - set(PROBES):
            raise SystemExit(f"No such probe: {', '.join(sorted(unknown))}. There are: {', '.join(PROBES)}.")
        rig = Rig(stage)
        for name in (name for name in PROBES if not wanted or name in wanted):
            begun = time.monotonic()
            report.figures += uvloop.run(PROBES[name](rig))
            say(f"{name}: {time.monotonic() - begun:.0f} s")
            report.write(OUTPUT)
    say(report.table())


if __name__ == "__main__":
    main(sys.argv[1:])
