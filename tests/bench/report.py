"""Figures, their goals, the table that is printed and the file that is written."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value. ``goal`` reads like "<= 1.0", ">= 8" or "report"; ``floor`` is what it was divided by."""

    name: str
    value: float
    unit: str
    goal: str = "report"
    floor: float | None = None
    spread: tuple[float, float] | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None when there is none."""
        sign, _, limit = self.goal.partition(" ")
        if sign == "<=":
            return self.value <= float(limit)
        if sign == ">=":
            return self.value >= float(limit)
        return None

    def as_json(self) -> dict[str, Any]:
        return {
            "value": round(self.value, 4),
            "goal": self.goal,
            "unit": self.unit,
            "floor": None if self.floor is None else round(self.floor, 4),
            "spread": None if self.spread is None else [round(bound, 4) for bound in self.spread],
        }


def ratio_of_pairs(
    name: str, *, tried: Sequence[float], floors: Sequence[float], goal: str, unit: str = "x"
) -> Figure:
    """Return the median of the ratios of runs made in turn, so that a busy neighbour weighs on both."""
    ratios = sorted(value / floor for value, floor in zip(tried, floors, strict=True))
    return Figure(
        name=name,
        value=statistics.median(ratios),
        unit=unit,
        goal=goal,
        floor=statistics.median(floors),
        spread=(ratios[0], ratios[-1]),
    )


@dataclass(slots=True)
class Report:
    """All figures of a run."""

    figures: list[Figure] = field(default_factory=list)

    def table(self) -> str:
        """Return the figures as lines of text."""
        lines = [f"{'name':34} {'value':>10} {'unit':8} {'goal':>10}  {'floor':>12}  pairs (least to most)"]
        for figure in self.figures:
            mark = {True: "met", False: "MISSED", None: ""}[figure.is_met]
            floor = "" if figure.floor is None else f"{figure.floor:.4g}"
            spread = "" if figure.spread is None else f"{figure.spread[0]:.3g} to {figure.spread[1]:.3g}"
            left = f"{figure.name:34} {figure.value:10.3f} {figure.unit:8} {figure.goal:>10}"
            lines.append(f"{left}  {floor:>12}  {spread:20} {mark}".rstrip())
        return "\n".join(lines)

    def write(self, file: Path) -> None:
        """Write the figures as JSON; those of names that were not measured this time stay."""
        file.parent.mkdir(parents=True, exist_ok=True)
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        known |= {figure.name: figure.as_json() for figure in self.figures}
        file.write_text(json.dumps(dict(sorted(known.items())), indent=2) + "\n", encoding="utf-8")
