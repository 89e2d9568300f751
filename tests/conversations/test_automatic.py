"""What an inbox says by itself, with timers, readers and presence as they are."""

from copy import deepcopy
from typing import Any

import pytest

from conversations.actions.change_inbox import change_inbox
from conversations.actions.change_status import mark_pending
from conversations.actions.label import set_tags
from conversations.actions.say_automatically import KIND, say_automatically
from conversations.actions.send_message import send_message
from conversations.automatic_rules import Plan, plan
from conversations.automatic_settings import DEFAULT, STANDARD
from conversations.models import Conversation, Message
from operators.actions.set_workload import set_workload
from operators.models import Operator
from tenants.errors import BadRequest
from tenants.models import Timer
from tenants.scoping import tenant_scope
from tenants.timers import run_due_timers
from tests.background import after, be_here, catch_up, operator_here
from tests.cast import Cast, a_draft, begin, close, make_cast, reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    made = make_cast()
    operator_here(made.alice)
    be_here(tenant=made.acme, contact_id=made.vera.contact_id)
    return made


def speaks(cast: Cast, **changed: Any) -> None:
    """Let Acme's widget say these things by itself."""
    automatic = deepcopy(DEFAULT)
    for name, fields in changed.items():
        automatic[name] |= {"is_on": True} | fields
    with tenant_scope(cast.acme.pk):
        change_inbox(actor=cast.bob.actor, inbox_id=cast.acme_widget.pk, settings={"automatic": automatic})


def work(cast: Cast) -> None:
    catch_up(cast.acme)
    run_due_timers()


def said(conversation: Conversation) -> list[str]:
    """The replies of a conversation that nobody wrote."""
    with tenant_scope(conversation.tenant_id):
        rows = Message.objects.filter(conversation=conversation, author_kind="system", kind="reply")
        return list(rows.order_by("operators_position").values_list("text", flat=True))


def now_is(conversation: Conversation) -> Conversation:
    with tenant_scope(conversation.tenant_id):
        return Conversation.objects.get(pk=conversation.pk)


def test_an_inbox_says_nothing_unless_it_is_told_to(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    work(cast)
    with after(minutes=3):
        pass
    assert said(conversation) == []
    assert not Timer.objects.filter(kind=KIND).exists()


def test_those_who_wait_hear_of_it_and_wait_as_before(cast: Cast) -> None:
    speaks(cast, waiting={})
    conversation = begin(cast.vera, "Hello")
    work(cast)
    assert said(conversation) == []
    with after(seconds=31):
        assert said(conversation) == [STANDARD["waiting"]]
        row = now_is(conversation)
        assert (row.waiting_since, row.last_activity_at) == (
            conversation.waiting_since,
            conversation.last_activity_at,
        )
        assert (row.unread_count, row.contact_unread_count, row.operators_seen_position) == (1, 1, 0)
        assert (row.first_reply_at, row.operator_id) == (None, None)
    with after(seconds=121):
        assert said(conversation) == [STANDARD["waiting"], STANDARD["waiting again"]]


def test_nobody_who_was_answered_is_told_to_wait(cast: Cast) -> None:
    speaks(cast, waiting={})
    conversation = begin(cast.vera, "Hello")
    work(cast)
    reply(cast.alice, conversation)
    with after(seconds=31):
        assert said(conversation) == []


def test_each_speaks_the_language_of_the_conversation_in_the_name_of_the_business(cast: Cast) -> None:
    texts = {"lt": "Palaukite.", "en": "Hold on."}
    speaks(cast, waiting={"steps": [{"seconds": 30, "texts": texts}]})
    conversation = begin(cast.vera, "Labas")
    with tenant_scope(cast.acme.pk):
        Conversation.objects.filter(pk=conversation.pk).update(language="lt")
    work(cast)
    with after(seconds=31), tenant_scope(cast.acme.pk):
        message = Message.objects.get(conversation=conversation, author_kind="system")
        assert (message.text, message.author_name) == ("Palaukite.", "Website")


def test_where_nobody_is_the_visitor_hears_it_at_once_and_once(cast: Cast) -> None:
    speaks(cast, away={"texts": {"en": "Gone fishing."}})
    with tenant_scope(cast.acme.pk):
        Operator.objects.filter(pk=cast.alice.pk).update(availability="away")
    conversation = begin(cast.vera, "Hello")
    work(cast)
    assert said(conversation) == ["Gone fishing."]
    with tenant_scope(cast.acme.pk):
        send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft("Anybody?"))
    work(cast)
    assert said(conversation) == ["Gone fishing."]


def test_where_everybody_is_at_their_limit_the_visitor_hears_it(cast: Cast) -> None:
    speaks(cast, busy={})
    with tenant_scope(cast.acme.pk):
        set_workload(actor=cast.bob.actor, operator_id=cast.alice.pk, max_conversations=1, languages=[])
    first = begin(cast.vera, "Hello")
    work(cast)
    assert said(first) == []
    reply(cast.alice, first)
    second = begin(cast.vera, "One more thing")
    work(cast)
    assert said(second) == [STANDARD["busy"]]


def test_a_chat_gone_quiet_is_asked_warned_and_ended(cast: Cast) -> None:
    speaks(cast, silence={})
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation)
    work(cast)
    with after(minutes=5.1):
        assert said(conversation) == [STANDARD["ask"]]
    with after(minutes=10.1):
        assert said(conversation) == [STANDARD["ask"], STANDARD["warn"]]
        assert now_is(conversation).status == "open"
    with after(minutes=20.3):
        assert said(conversation) == [STANDARD["ask"], STANDARD["warn"], STANDARD["close"]]
        assert now_is(conversation).status == "resolved"
        work(cast)
        assert not Timer.objects.filter(kind=KIND).exists()


def test_whoever_waits_is_never_shown_out(cast: Cast) -> None:
    speaks(cast, silence={})
    conversation = begin(cast.vera, "Hello")
    work(cast)
    with after(minutes=30):
        assert (said(conversation), now_is(conversation).status) == ([], "open")


def test_an_answer_to_the_question_begins_it_all_anew(cast: Cast) -> None:
    speaks(cast, silence={})
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation)
    work(cast)
    with after(minutes=5.1):
        with tenant_scope(cast.acme.pk):
            send_message(actor=cast.vera.actor, conversation_id=conversation.pk, draft=a_draft("Yes"))
        reply(cast.alice, conversation, "Good")
        work(cast)
    with after(minutes=10.2):
        assert said(conversation) == [STANDARD["ask"], STANDARD["ask"]]


def test_pending_and_tagged_conversations_are_left_alone(cast: Cast) -> None:
    with tenant_scope(cast.acme.pk):
        pending = begin(cast.vera, "Hello")
        tagged = begin(cast.vera, "Hello")
        tags = set_tags(actor=cast.bob.actor, conversation_id=tagged.pk, names=["vip"])
    speaks(cast, silence={"skip_tags": [str(tag.pk) for tag in tags]})
    for conversation in (pending, tagged):
        reply(cast.alice, conversation)
    with tenant_scope(cast.acme.pk):
        mark_pending(actor=cast.alice.actor, conversation_id=pending.pk)
    work(cast)
    with after(minutes=25):
        assert (said(pending), said(tagged)) == ([], [])


def test_what_is_closed_meanwhile_stays_closed(cast: Cast) -> None:
    speaks(cast, silence={})
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation)
    work(cast)
    close(cast.alice, conversation)
    with after(minutes=6):
        assert said(conversation) == []


def test_whoever_is_answered_at_that_very_moment_is_not_told_to_wait(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaks(cast, waiting={})
    conversation = begin(cast.vera, "Hello")

    def then_somebody_answers(*given: Any) -> Plan:
        made = plan(*given)
        if made.say:
            reply(cast.alice, conversation)
        return made

    monkeypatch.setattr("conversations.actions.say_automatically.plan", then_somebody_answers)
    with after(seconds=31), tenant_scope(cast.acme.pk):
        say_automatically(conversation_id=conversation.pk)
    assert now_is(conversation).first_reply_at is not None
    assert said(conversation) == []


def test_the_same_moment_twice_says_it_once(cast: Cast) -> None:
    speaks(cast, waiting={})
    conversation = begin(cast.vera, "Hello")
    with after(seconds=31), tenant_scope(cast.acme.pk):
        say_automatically(conversation_id=conversation.pk)
        say_automatically(conversation_id=conversation.pk)
    assert said(conversation) == [STANDARD["waiting"]]


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("silence", {"ask": 10, "warn": 10}),
        ("silence", {"close": 0}),
        ("silence", {"skip_tags": ["red"]}),
        ("waiting", {"steps": [{"seconds": 60}, {"seconds": 30}]}),
        ("waiting", {"steps": [{"seconds": number} for number in range(10, 70, 10)]}),
        ("away", {"texts": {"en": "x" * 501}}),
        ("away", {"texts": {"xx": "x"}}),
        ("busy", {"is_on": "yes"}),
        ("busy", {"sound": True}),
    ],
)
def test_what_cannot_be_said_is_refused(cast: Cast, part: str, fields: dict[str, Any]) -> None:
    with pytest.raises(BadRequest) as refused:
        speaks(cast, **{part: fields})
    assert set(refused.value.errors) == {"settings.automatic"}
