"""Whatever is written into the audit log has words for the page that shows it."""

import ast

from operators.pages.settings.audit import ACTIONS
from tests.architecture.sources import APPS, python_files, short


def recorded() -> set[str]:
    """Every action named in a call of ``record``."""
    found = set()
    for file in python_files():
        if short(file).split("/")[0] not in APPS:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                found |= {
                    str(keyword.value.value)
                    for keyword in node.keywords
                    if keyword.arg == "action" and isinstance(keyword.value, ast.Constant)
                }
    return found


def test_every_action_in_the_audit_log_has_a_name_on_the_page() -> None:
    assert recorded()
    assert recorded() - set(ACTIONS) == set()
