"""`python -m tests.bench.readme`: writes the table of "What it costs" into README.md from the last `make bench`."""

import json
import os
import platform
import sys
from pathlib import Path
from typing import Any, Final

from config.local.places import ROOT
from tests.bench.report import Figure

MEASURED: Final = ROOT / "var" / "bench" / "latest.json"
README: Final = ROOT / "README.md"
BEGIN: Final = "<!-- begin costs (written by `python -m tests.bench.readme`) -->"
END: Final = "<!-- end costs -->"
WHAT: Final = {
    "message_cpu_vs_stock": "server CPU of a durable message / a bare echo with one bare insert",
    "messages_fifty_pairs": "durable messages a second, 50 pairs, one process",
    "message_rate_vs_textbook": "the same / the textbook's consumer",
    "send_to_seen_rate": "half of saturation, messages a second",
    "send_to_seen_p50": "then, from one socket to the other and stored in between: median, milliseconds",
    "send_to_seen_p50_vs_floor": "the same / its statement and one PUBLISH",
    "send_to_seen_p99": "99th percentile, milliseconds",
    "send_to_seen_p99_vs_floor": "the same / the 99th percentile of its statement and one PUBLISH",
    "batching_gain": "messages a second with 64 senders / with one",
    "extra_receiver_vs_raw_send": "CPU of one more receiver / one send of the server itself",
    "idle_socket_memory_vs_raw": "memory of a visitor who only looks / a bare socket",
    "idle_socket_cpu_us_per_s": "CPU of a visitor who only looks, microseconds a second",
    "idle_socket_sql_per_minute": "SQL statements of a visitor who only looks, a minute",
    "reconnect_cpu_vs_connect": "2,000 come back at once: CPU of each / a bare connect",
    "reconnect_seconds": "until the last of them is in, seconds",
    "reconnect_failures": "of those, who did not get in",
    "reconnect_sql_each": "of those, SQL round trips each",
    "noisy_tenant_p99": "the others' 99th percentile while one of 20 sends ten times its share / while it does not",
    "inbox_list_growth": "the inbox's list at 1,000,000 conversations / at 10,000",
    "inbox_list_page_2000_vs_1": "its page 2,000 / page 1",
    "search_growth": "search of a business of fixed size among 1,000,000 messages / among 100,000",
    "search_rls_cost": "the same with row-level security / without",
    "second_process_gain": "messages a second with two web processes / one",
    "widget_loader_kb": "the script on a customer's page, with its configuration, KB of Brotli",
    "widget_requests": "requests that it adds before anybody touches it",
    "widget_panel_kb": "the panel's document, everything inlined, in the heaviest of four languages, KB",
    "widget_lazy_kb": "what the panel fetches after it, for the home and its articles too, KB",
    "host_lcp_ratio": "largest paint of the page with the widget / without, slow 4G and a fourth of the processor",
    "host_tbt_ms": "milliseconds for which it blocks that page",
    "host_cls": "how far it shifts that page",
    "widget_open_cold_ms": "there, from the first click to a composer with the focus, milliseconds",
    "widget_open_hovered_ms": "the same after the pointer rested on it for 0.2 s",
    "widget_open_warm_ms": "the same for a panel that was open before",
    "inbox_js_kb": "scripts of the operators' inbox, KB",
    "inbox_css_kb": "its styles, KB",
    "inbox_ready_ms": "until it shows 500 conversations on a fourth of the processor, milliseconds",
    "inbox_action_p50_ms": "there, from a key to the paint of what it does, ten keys a second, milliseconds",
    "inbox_action_p95_ms": "the same, the 95th percentile",
    "inbox_open_ms": "from a single key to the messages of the conversation that it opens",
}


def table(figures: dict[str, Any]) -> str:
    """Return the figures as Markdown; those that were not measured are left out."""
    lines = ["| what | measured | least to most | goal | |", "| --- | ---: | ---: | ---: | --- |"]
    for name, what in WHAT.items():
        if found := figures.get(name):
            figure = Figure(name=name, value=found["value"], unit=found["unit"], goal=found["goal"])
            mark = {True: "met", False: "missed", None: ""}[figure.is_met]
            goal = "" if figure.goal == "report" else figure.goal
            spread = " to ".join(map(plain, found["spread"] or ()))
            lines.append(f"| {what} | {plain(figure.value)} | {spread} | {goal} | {mark} |")
    return "\n".join(lines)


def plain(value: float) -> str:
    """Return a figure to three digits, and no digit of a thousand lost."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def conditions() -> str:
    """Return what it was measured on."""
    python = platform.python_version()
    return (
        f"Measured by `make bench` on {os.cpu_count()} processors ({platform.machine()}), Python {python}, with the"
        " embedded PostgreSQL (its flushes on, its log's files made before) and Valkey, the load on the same machine."
        " Each figure is the median of at least five rounds, each in turn with its floor; the pages in Chromium."
    )


def filled(page: str, text: str) -> str:
    """Return the page with ``text`` between its markers. Raises ValueError without them."""
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{README.name} has no place for the table: {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n{text}\n{END}{after}"


def main(source: Path = MEASURED) -> None:
    figures = json.loads(source.read_text(encoding="utf-8"))
    page = README.read_text(encoding="utf-8")
    README.write_text(filled(page, f"{table(figures)}\n\n{conditions()}"), encoding="utf-8")
    sys.stdout.write(f"{len(figures)} figures, table written to {README.name}\n")


if __name__ == "__main__":
    main()
