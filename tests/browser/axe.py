"""axe-core in a page: what a screen reader, a keyboard or weak eyes would stumble over."""

from typing import Any

from playwright.sync_api import Frame, Page

from config.local.places import ROOT

SOURCE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page | Frame, *, without: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds, one line a fault: the rule, and the elements."""
    page.evaluate(SOURCE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        """([rules, without]) => axe.run(document, {
            runOnly: {type: 'tag', values: rules},
            rules: Object.fromEntries(without.map((rule) => [rule, {enabled: false}])),
        }).then((result) => result.violations)""",
        [RULES, list(without)],
    )
    return [f"{fault['id']}: {', '.join(str(node['target']) for node in fault['nodes'])}" for fault in found]
