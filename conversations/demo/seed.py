"""The whole demo in one transaction: all of it, or nothing. The same seed tells the same stories."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Final

from django.db import connection, transaction

from conversations.demo.calendar import DAYS, starts
from conversations.demo.people import MENTION
from conversations.demo.staff import Shop, open_shop
from conversations.demo.stories import Teller
from tenants.clock import happening_at, now
from tenants.events.fanout import silent
from tenants.scoping import tenant_scope

SEED: Final = 20_261
CONVERSATIONS: Final = 600
SPAM: Final = 8
# What is going on while one looks: state, language, how many minutes ago it began.
LIVE: Final = (
    ("unassigned", "en", 4), ("unassigned", "fa", 9), ("unassigned", "lt", 2), ("unassigned", "ar", 16),
    ("unassigned", "en", 31), ("unassigned", "en", 1),
    ("waiting", "en", 12), ("waiting", "lt", 25), ("waiting", "fa", 18), ("waiting", "ar", 34),
    ("waiting", "en", 48), ("waiting", "en", 75),
    ("answered", "en", 22), ("answered", "fa", 55), ("answered", "lt", 90), ("answered", "en", 130),
    ("pending", "en", 300), ("pending", "ar", 420), ("pending", "lt", 1500),
    ("snoozed", "en", 500), ("snoozed", "fa", 1400), ("snoozed", "lt", 200),
)  # fmt: skip
# In which of them a colleague asks the owner for advice.
ASKING: Final = ("waiting", "lt", 25)
# After so many conversations.
PLANNED_ANEW: Final = (8, 25, 75, 250)
_WEIGHTS: Final = {"en": 45, "lt": 20, "fa": 20, "ar": 15}


@contextmanager
def one_transaction() -> Iterator[None]:
    """All or nothing, without savepoints inside: they would be more than half of the statements."""
    with transaction.atomic():
        connection.features.uses_savepoints = False
        try:
            yield
        finally:
            del connection.features.uses_savepoints


def forget_plans() -> None:
    """Have PostgreSQL plan its statements anew, for tables that have grown.

    Plans that were made for empty tables are kept, and take whichever index comes first: nobody analyses tables
    inside a transaction, as autovacuum does with those of a running Parley. Half of the time went there.
    """
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


def seed(*, conversations: int = CONVERSATIONS, number: int = SEED) -> Shop:
    """Create the demo shop and tell its conversations. Nobody is listening: nothing is sent to sockets."""
    random, until = Random(number), now()  # noqa: S311  stories, no secrets
    with silent(), one_transaction():
        with happening_at(until - timedelta(days=DAYS + 1)):
            shop = open_shop()
        with tenant_scope(shop.tenant_id):
            teller = Teller(shop=shop, random=random, until=until)
            past = conversations - len(LIVE) - SPAM
            for told, moment in enumerate(starts(random=random, until=until, count=past)):
                if told in PLANNED_ANEW:
                    forget_plans()
                [language] = random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
                teller.tell(language=language, at=moment)
            for moment in starts(random=random, until=until, count=SPAM):
                teller.tell_spam(at=moment)
            for state, language, minutes in LIVE:
                story = teller.tell_live(
                    state=state, language=language, at=until - timedelta(minutes=minutes)
                )
                if (state, language, minutes) == ASKING:
                    story.mention(shop.owner, MENTION)
    return shop
