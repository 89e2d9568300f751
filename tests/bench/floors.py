"""`python -m tests.bench.floors SECONDS CONVERSATION TENANT CONTACT`: what a message cannot cost less than, by itself.

C: the product's own statement, one after the other over one connection. R: one PUBLISH, awaited. Sampled in turn,
beside whatever else runs. Says that it is ready, begins at a line of input, prints both as lists of seconds.
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from uuid import UUID

import django
import psycopg
import redis

EVERY = 0.02  # seconds between samples: few enough to be no load


def sample(
    *, seconds: float, conversation_id: UUID, tenant_id: UUID, contact_id: UUID
) -> dict[str, list[float]]:
    """Return the seconds each took. Django must be set up."""
    from conversations.append import STATEMENT, arguments
    from conversations.drafts import Draft
    from tenants.ids import uuid7
    from tenants.permissions import CONTACT_PERMISSIONS, Actor, ActorKind
    from tenants.scoping import TenantId
    from tests.bench.load import TEXT

    actor = Actor(
        kind=ActorKind.CONTACT,
        tenant_id=TenantId(tenant_id),
        id=contact_id,
        name="Vera",
        permissions=CONTACT_PERMISSIONS,
    )
    taken: dict[str, list[float]] = {"C": [], "R": []}
    broker = redis.Redis.from_url(os.environ["REDIS_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        database.execute("SELECT 1")
        broker.ping()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            draft = Draft(text=TEXT, kind="reply", client_id=uuid7())
            values = arguments(actor=actor, conversation_id=conversation_id, draft=draft)
            begun = time.perf_counter()
            outcome = database.execute(STATEMENT, values, prepare=True).fetchone()
            taken["C"].append(time.perf_counter() - begun)
            if outcome is None or outcome[0] != "new":
                raise SystemExit(f"append_message answered {outcome}")
            begun = time.perf_counter()
            broker.publish("bench", TEXT)
            taken["R"].append(time.perf_counter() - begun)
            time.sleep(EVERY)
    return taken


def main(words: Sequence[str]) -> None:
    django.setup()
    taken = sample(
        seconds=float(words[0]),
        conversation_id=UUID(words[1]),
        tenant_id=UUID(words[2]),
        contact_id=UUID(words[3]),
    )
    sys.stdout.write(json.dumps(taken))


if __name__ == "__main__":
    main(sys.argv[1:])
