"""`python -m tests.bench.asker`: asks one database the product's own questions, and says how long each took.

Its database is in the environment, so that two of different sizes are asked in turn, and the same one by two roles.
Reads a question a line (JSON), answers a line.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from conversations.models import Conversation  # noqa: E402
from conversations.queries import ConversationFilter, conversation_page  # noqa: E402
from conversations.search import search  # noqa: E402
from tenants.actions.create_tenant import create_tenant  # noqa: E402
from tenants.events.registry import as_json  # noqa: E402
from tenants.paging import encode_cursor  # noqa: E402
from tenants.scoping import tenant_scope  # noqa: E402
from tests.cast import begin, make_inbox, make_visitor  # noqa: E402

OPEN = ConversationFilter(status="open")


def make(*, name: str) -> dict[str, str]:
    """Make a tenant with one conversation, of which sets of rows can be copied."""
    tenant = create_tenant(name=name)
    conversation = begin(make_visitor(make_inbox(tenant)), "Hello")
    return {"tenant": str(tenant.pk), "conversation": str(conversation.pk)}


def cursor(*, tenant: str, page: int) -> str:
    """Return the cursor of a page of the open conversations, 50 a page."""
    with tenant_scope(tenant):
        rows = Conversation.objects.filter(status="open", is_spam=False).order_by("-last_activity_at", "-pk")
        last = rows[50 * (page - 1) - 1]
        return encode_cursor(str(as_json(last.last_activity_at)), str(last.pk))


def list_page(*, tenant: str, cursor: str | None, times: int) -> float:
    """Return the seconds of a page of the inbox's list, the median of so many."""

    def ask() -> None:
        with tenant_scope(tenant):
            page = conversation_page(wanted=OPEN, cursor=cursor)
            assert len(page.results) == 50

    return taken(ask, times)


def search_for(*, tenant: str, queries: list[str], times: int) -> float:
    """Return the seconds of a search for each of the queries in turn, the median of so many."""

    def ask() -> None:
        for query in queries:
            with tenant_scope(tenant):
                search(query=query)

    return taken(ask, times)


def taken(ask: Callable[[], None], times: int) -> float:
    moments = []
    for _ in range(times):
        begun = time.perf_counter()
        ask()
        moments.append(time.perf_counter() - begun)
    return statistics.median(moments)


QUESTIONS: dict[str, Callable[..., Any]] = {
    "make": make,
    "cursor": cursor,
    "list": list_page,
    "search": search_for,
}

if __name__ == "__main__":
    for line in sys.stdin:
        question = json.loads(line)
        answer = QUESTIONS[question.pop("ask")](**question)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
