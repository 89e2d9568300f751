"""Few places say which tenant they act for, or look across tenants: each is here, with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import python_files, short

# The doors are tenants/http.py, tenants/websocket.py and tenants/task.py. The rest finds out whose a key, a link or a
# row is before there can be a scope, or works through the tenants one by one.
OPEN_A_SCOPE = {
    "analytics/pages/stop.py": "the signed link at the foot of a report mail names its tenant",
    "analytics/projections/rebuild.py": "a command rebuilds one tenant after the other",
    "conversations/actions/open_business.py": "a sign-up makes the tenant whose rows it then writes",
    "conversations/inboxes/widget/door.py": "the widget's requests carry a visitor's token and no session",
    "conversations/inboxes/widget/finding.py": "an inbox's key names its tenant",
    "conversations/pages/demo_shop.py": "the demo shop belongs to the demo tenant",
    "conversations/demo/seed.py": "the demo is told in the tenant it has just opened",
    "conversations/demo/staff.py": "the demo tenant is born here",
    "conversations/pages/files.py": "the signed address of a file names its tenant",
    "conversations/pages/linked.py": "a signed link in a mail names its tenant",
    "operators/accounts/trail.py": "a log-in is noted at every tenant the person works for",
    "operators/pages/invitations.py": "an invitation's link names its tenant",
    "tenants/api_keys.py": "an API key names its tenant",
    "tenants/events/drain.py": "readers catch up, one tenant after the other",
    "tenants/events/reader.py": "the same",
    "tenants/http.py": "the door of HTTP",
    "tenants/mail/delivery.py": "mails are claimed over all tenants, sent in each one's scope",
    "tenants/task.py": "the door of background work",
    "tenants/timers.py": "timers are claimed over all tenants, run in each one's scope",
    "tenants/websocket.py": "the door of sockets",
}

LOOK_ACROSS = {
    "conversations/inboxes/widget/finding.py": "an inbox is looked up by its public key",
    "operators/actions/deactivate_operator.py": "does this person still work for another tenant?",
    "operators/pages/invitations.py": "an invitation's link is looked up before its tenant is known",
    "operators/authentication.py": "which tenants does this person work for?",
    "tenants/api_keys.py": "an API key is looked up before its tenant is known",
    "tenants/scoping.py": "declares it",
}

# Tests and commands set scenes: they are nobody's request.
FREE = {"tests", "management"}


def names_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def files_that_name(name: str) -> set[str]:
    files = [file for file in python_files() if not set(file.parts) & FREE]
    return {short(file) for file in files if name in names_in(file)}


def test_a_tenants_scope_is_opened_only_where_its_tenant_is_found_out() -> None:
    assert files_that_name("tenant_scope") - set(OPEN_A_SCOPE) == set()


def test_rows_are_looked_for_across_tenants_only_where_the_tenant_is_not_known_yet() -> None:
    assert files_that_name("across_tenants") - set(LOOK_ACROSS) == set()


def test_the_lists_name_no_file_that_no_longer_needs_to_be_there() -> None:
    assert set(OPEN_A_SCOPE) - files_that_name("tenant_scope") == set()
    assert set(LOOK_ACROSS) - files_that_name("across_tenants") == set()
