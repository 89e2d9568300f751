"""Readers of the event log: everything committed, once, however the transactions interleave."""

import threading
from collections.abc import Iterator, Sequence

import pytest
from django.db import connection, transaction

from conversations.models import Conversation
from tenants.events.reader import READERS, Reader, StoredEvent, is_behind, read_all, read_once, replay
from tenants.models import Timer
from tenants.scoping import TenantId, tenant_scope
from tenants.timers import set_timer
from tests.cast import Cast, begin, make_cast, make_visitor, reply

pytestmark = pytest.mark.django_db(transaction=True)


class Recorder(Reader):
    """Notes what it is given; counts in the database too, so that a rollback shows."""

    name = "recorder"

    def __init__(self) -> None:
        self.batches: list[list[tuple[str, int | None]]] = []
        self.fails = False

    def handle(self, events: Sequence[StoredEvent]) -> None:
        self.batches.append([(event.type, event.operators_position) for event in events])
        for event in events:
            set_timer(kind="seen", subject_id=event.id, due_at=event.created_at)
        if self.fails:
            raise RuntimeError("planted")

    @property
    def seen(self) -> list[tuple[str, int | None]]:
        return [event for batch in self.batches for event in batch]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    made = Recorder()
    READERS[made.name] = made
    yield made
    del READERS[made.name]


def conversation_events(recorder: Recorder) -> list[tuple[str, int | None]]:
    return [event for event in recorder.seen if event[1] is not None]


def test_a_reader_gets_every_event_once_and_in_order(people: Cast, recorder: Recorder) -> None:
    conversation = begin(people.vera, "One")
    acme = TenantId(people.acme.pk)
    read_all(reader=recorder, tenant_id=acme)
    reply(people.alice, conversation, "Two")
    read_all(reader=recorder, tenant_id=acme)

    assert conversation_events(recorder) == [
        ("conversation.created", 1),
        ("message.created", 2),
        ("conversation.assigned", 3),
        ("message.created", 4),
    ]
    assert not is_behind(reader=recorder, tenant_id=acme)
    assert read_once(reader=recorder, tenant_id=acme) == 0


def test_a_reader_sees_only_its_tenants_events(people: Cast, recorder: Recorder) -> None:
    begin(people.vera, "One")
    read_all(reader=recorder, tenant_id=TenantId(people.globex.pk))

    assert conversation_events(recorder) == []


def test_a_batch_that_fails_is_taken_again_and_leaves_nothing(people: Cast, recorder: Recorder) -> None:
    begin(people.vera, "One")
    recorder.fails = True
    with pytest.raises(RuntimeError, match="planted"):
        read_all(reader=recorder, tenant_id=TenantId(people.acme.pk))
    assert Timer.objects.count() == 0

    recorder.fails, recorder.batches = False, []
    taken = read_all(reader=recorder, tenant_id=TenantId(people.acme.pk))
    assert Timer.objects.count() == taken == len(recorder.seen)


def test_an_event_whose_transaction_commits_late_is_not_skipped(people: Cast, recorder: Recorder) -> None:
    """Ids and transaction ids are taken before commit: the late one must not be passed over."""
    acme = TenantId(people.acme.pk)
    slow, quick = begin(people.vera, "Slow"), begin(make_visitor(people.acme_widget, name="Otto"), "Quick")
    read_all(reader=recorder, tenant_id=acme)
    recorder.batches = []
    has_written, may_commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            reply(people.alice, slow, "Late")
            has_written.set()
            may_commit.wait(10)
        connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    assert has_written.wait(10)
    reply(people.bob, quick, "Early")
    read_all(reader=recorder, tenant_id=acme)
    before = conversation_events(recorder)
    may_commit.set()
    writer.join(10)
    read_all(reader=recorder, tenant_id=acme)

    assert before == []  # the quick one waits for the older transaction
    assert sorted(conversation_events(recorder)) == [
        ("conversation.assigned", 3),
        ("conversation.assigned", 3),
        ("message.created", 4),
        ("message.created", 4),
    ]


def test_many_writers_lose_nothing(people: Cast, recorder: Recorder) -> None:
    acme = TenantId(people.acme.pk)
    visitors = [make_visitor(people.acme_widget, name=f"V{n}") for n in range(4)]

    def write(visitor_number: int) -> None:
        begin(visitors[visitor_number], *(f"text {n}" for n in range(25)))
        connection.close()

    writers = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        read_once(reader=recorder, tenant_id=acme, limit=7)
    read_all(reader=recorder, tenant_id=acme)

    assert len(conversation_events(recorder)) == 4 * 26
    with tenant_scope(acme):
        assert sorted(Conversation.objects.values_list("operators_position", flat=True)) == [26, 26, 26, 26]


def test_a_replay_gives_a_reader_the_whole_log_again(people: Cast, recorder: Recorder) -> None:
    begin(people.vera, "One")
    acme = TenantId(people.acme.pk)
    read_all(reader=recorder, tenant_id=acme)
    first, recorder.batches = recorder.seen, []
    replay(reader=recorder, tenant_id=acme)

    assert recorder.seen == first
