"""`python -m tests.bench [probe ...]`: measure, print a table, write var/bench/latest.json."""

import sys
import time
from pathlib import Path

import uvloop

from config.local.places import ROOT
from config.local.terminal import say
from tests.bench.report import Figure, Report
from tests.bench.stage import Stage

OUTPUT = ROOT / "var" / "bench" / "latest.json"
HOME = Path("/tmp") / "parley-bench" if ROOT.stat().st_uid == 0 else ROOT / "var" / "bench" / "home"


def main(wanted: list[str]) -> None:
    """Run the probes named, or all."""
    report = Report()
    with Stage(HOME) as stage:
        import django

        django.setup()
        from tests.bench.messages import PAIRS, Messages
        from tests.bench.scene import make_pairs

        with stage.superuser() as connection:
            scenes = make_pairs(PAIRS)
            for scene in scenes:
                connection.execute(
                    "INSERT INTO bench_room VALUES (%s, '', now(), 0)", [scene.conversation_id]
                )
        messages = Messages(
            product=stage.process("config.asgi:application"),
            baselines=stage.process("tests.bench.baselines.asgi:application"),
            scenes=scenes,
        )
        for name, probe in {"cpu": messages.cpu, "rate": messages.rate}.items():
            if not wanted or name in wanted:
                begun = time.monotonic()
                figures: list[Figure] = uvloop.run(probe())
                report.figures += figures
                say(f"{name}: {time.monotonic() - begun:.0f} s")
    say(report.table())
    report.write(OUTPUT)


if __name__ == "__main__":
    main(sys.argv[1:])
