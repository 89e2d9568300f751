"""`python -m tests.faults [case ...]`: break things under load, print a table, write var/faults/latest.json.

SEEDS, MINUTES (or SECONDS), VISITORS, OPERATORS, TENANTS, RATE and SEED (the first one) change the load.
"""

import os
import random
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from config.local.places import ROOT
from config.local.postgres import SUPERUSER
from config.local.terminal import say
from tests.bench.stage import Stage as Servers
from tests.faults.report import heading, line, write
from tests.faults.stage import Stage
from tests.mail_server import mail_server

if TYPE_CHECKING:
    from tests.faults.run import Outcome

OUTPUT = ROOT / "var" / "faults" / "latest.json"
# Root's servers run as another account, which must reach them. Two runs at once share nothing.
HOME = (Path("/tmp") if ROOT.stat().st_uid == 0 else OUTPUT.parent) / f"parley-faults-{os.getpid()}"
LOGS = OUTPUT.parent / "logs"


def main(wanted: list[str]) -> int:
    """Run the cases named, or all, with every seed. Returns 1 when a fault was found."""
    first = int(os.environ.get("SEED", random.SystemRandom().randrange(1, 10_000)))
    seeds = range(first, first + int(os.environ.get("SEEDS", "1")))
    is_clean = True
    with Servers(HOME) as servers:
        import django

        django.setup()
        from tests.faults.cases import CASES

        if unknown := set(wanted) - set(CASES):
            raise SystemExit(f"No such case: {', '.join(unknown)}. There are: {', '.join(CASES)}.")
        say(heading())
        for case in wanted or CASES:
            outcomes = [_run(servers, case, seed) for seed in seeds]
            for outcome in outcomes:
                is_clean = is_clean and not any(outcome.faults.values())
            write(OUTPUT, case, [outcome.as_json() for outcome in outcomes])
    return 0 if is_clean else 1


def _run(servers: Servers, case: str, seed: int) -> "Outcome":
    from django.db import connections

    from tests.faults.cases import CASES
    from tests.faults.run import Run, as_lines
    from tests.faults.scene import Scale, make_houses

    scale = Scale.from_environment()
    with ExitStack() as exits:
        post = exits.enter_context(mail_server())
        home = HOME / f"{case}-{seed}"
        home.mkdir()
        stage = Stage(
            home=home, broker=servers.valkey, postgres=servers.postgres, mail_port=post.port, webs=2
        )
        exits.callback(stage.close)
        stage.start()
        run = Run(
            stage=stage,
            post=post,
            houses=make_houses(scale, prefix=f"{case.replace('_', '')}{seed}"),
            scale=scale,
            seed=seed,
            database=servers.places.database_url(role=SUPERUSER),
        )
        # The connections of this process do not outlive a database that is killed.
        connections["default"].close()
        connections["default"].close_pool()  # type: ignore[attr-defined]
        outcome = uvloop.run(run.go(CASES[case]))
    say(line(case, outcome.as_json()))
    if any(outcome.faults.values()):
        say(as_lines(outcome.findings))
        kept = LOGS / home.name
        shutil.copytree(
            home,
            kept,
            ignore=lambda _, names: [name for name in names if not name.endswith(".log")],
            dirs_exist_ok=True,
        )
        say(f"The processes wrote to {kept}; this is the end of it:\n{stage.logs()[-1500:]}")
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
