"""The table of the fault runs and the file that is written."""

import json
from pathlib import Path
from typing import Any

from config.local.terminal import say
from tests.faults.journal import KINDS

FAULTS = (*KINDS, "follow_ups_lost", "follow_ups_doubled")
COLUMNS = ("recovered_s", "reconnected_p95_s", "reconnected_p99_s", "reconnects", "messages", "seed")


def heading() -> str:
    return f"{'case':18} {'faults':>6}  " + " ".join(f"{name:>17}" for name in COLUMNS)


def line(case: str, figures: dict[str, Any]) -> str:
    """Return a row of the table; which faults there were, when there were any."""
    faults = {name: figures[name] for name in FAULTS if figures[name]}
    notes = {name: value for name, value in figures.items() if name not in (*FAULTS, *COLUMNS)}
    row = f"{case:18} {sum(faults.values()):>6}  " + " ".join(f"{figures[name]:>17}" for name in COLUMNS)
    return " ".join([row, *(f"{name}={value}" for name, value in (faults | notes).items())])


def write(file: Path, case: str, runs: list[dict[str, Any]]) -> None:
    """Keep the runs of a case: faults summed over the seeds, times at their worst."""
    figures: dict[str, Any] = {
        name: sum(run[name] for run in runs) for name in (*FAULTS, "messages", "reconnects")
    }
    for name in ("recovered_s", "reconnected_p95_s", "reconnected_p99_s"):
        figures[name] = max(run[name] for run in runs)
    figures |= {"seed": runs[-1]["seed"], "seeds": [run["seed"] for run in runs], "runs": runs}
    file.parent.mkdir(parents=True, exist_ok=True)
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known[case] = figures
    file.write_text(json.dumps(dict(sorted(known.items())), indent=2) + "\n", encoding="utf-8")
    say(f"Written to {file}.")
