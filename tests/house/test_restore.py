"""A backup restored into another PostgreSQL: the readers of the event log go on where they were."""

from collections.abc import Sequence
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command

from tenants.events.reader import Reader, StoredEvent, read_all
from tenants.scoping import TenantId
from tests.cast import Cast, begin, make_cast, reply
from tests.servers import superuser_url

pytestmark = pytest.mark.django_db(transaction=True)


class Recorder(Reader):
    """Notes what it is given."""

    name = "recorder"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def handle(self, events: Sequence[StoredEvent]) -> None:
        self.seen += [event.type for event in events if event.conversation_id]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


def after_restore() -> str:
    out = StringIO()
    call_command("after_restore", admin_url=superuser_url(), stdout=out)
    return out.getvalue().strip()


def test_what_was_read_stays_read_and_what_was_not_is_read_once(people: Cast) -> None:
    recorder, acme = Recorder(), TenantId(people.acme.pk)
    conversation = begin(people.vera, "One")
    read_all(reader=recorder, tenant_id=acme)
    recorder.seen = []
    reply(people.alice, conversation, "Two")
    # As if all of it came from a server that has counted a billion transactions.
    with psycopg.connect(superuser_url()) as connection:
        connection.execute("UPDATE tenants_eventrecord SET xid = xid + 1000000000")
        connection.execute("UPDATE tenants_readercursor SET xid = xid + 1000000000")
    read_all(reader=recorder, tenant_id=acme)
    assert recorder.seen == []

    said = after_restore()
    read_all(reader=recorder, tenant_id=acme)

    assert said.startswith("The event log was shifted by ")
    assert sorted(recorder.seen) == ["conversation.assigned", "message.created"]
    reply(people.alice, conversation, "Three")
    read_all(reader=recorder, tenant_id=acme)
    assert len(recorder.seen) == 3


def test_a_log_that_fits_is_left_alone(people: Cast) -> None:
    begin(people.vera, "One")

    assert after_restore() == "The event log fits."
