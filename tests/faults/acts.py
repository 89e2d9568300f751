"""What operators do to conversations by requests, as static/console/state/acts.ts and list.ts do."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

from tests.faults.asking import Answer, ask
from tests.faults.person import Person
from tests.faults.state import Change

API = "/api/v1/conversations"
# Any will do, as long as cookie and header are the same.
CSRF = "a" * 32
# As many as the API gives at once.
PAGE = 100
RELIST_PAUSE = 2.0


async def assign(person: Person, conversation: str, operator: str | None) -> None:
    """Hand a conversation to an operator, by id, or back to the queue with None."""
    body = {"operator_id": operator, "team_id": None}
    await _change(person, Change("operator", conversation, operator), "assign", body)


async def resolve(person: Person, conversation: str) -> None:
    await _change(person, Change("status", conversation, "resolved"), "resolve", {})


async def reopen(person: Person, conversation: str) -> None:
    await _change(person, Change("status", conversation, "open"), "reopen", {})


async def relist(person: Person) -> None:
    """Load the list of conversations afresh, however often that takes: whoever sees it fail tries again."""
    while True:
        with suppress(OSError, TimeoutError):
            answer = await _ask(person, "GET", f"?limit={PAGE}")
            if answer.status == 200:
                for row in answer.json()["results"]:
                    person.screen.put(row)
                return
        await asyncio.sleep(RELIST_PAUSE)


async def _change(person: Person, change: Change, path: str, body: dict[str, Any]) -> None:
    """Ask once; what has no answer may have happened or not, and the person sees which."""
    after = person.threads[change.conversation].position
    with suppress(OSError, TimeoutError):
        answer = await _ask(person, "POST", f"/{change.conversation}/{path}", json.dumps(body).encode())
        if answer.status == 200:
            row = answer.json()
            person.journal.changes.append(replace(change, after=after, position=row["position"]))
            person.screen.put(row)


async def _ask(person: Person, method: str, path: str, body: bytes = b"") -> Answer:
    headers = {
        **person.headers,
        "Host": person.headers["Origin"].removeprefix("http://"),
        "Cookie": f"{person.headers['Cookie']}; csrf={CSRF}",
        "X-CSRFToken": CSRF,
    }
    if body:
        headers["Content-Type"] = "application/json"
    answer = await ask(port=person.door(), method=method, path=API + path, headers=headers, body=body)
    if answer.is_bare:
        person.journal.bare_errors.append(f"{method} {path}: {answer.status} {answer.body[:200]!r}")
    return answer
