"""Conversations over the API."""

from datetime import timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conversations.api import thread
from operators.actions.manage_teams import create_team
from tenants.clock import happening_at, now
from tenants.permissions import Permission, system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.api import Api, as_operator, with_key
from tests.cast import Cast, begin, close, make_visitor, reply


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def test_a_conversation_is_listed_read_answered_and_resolved(cast: Cast) -> None:
    conversation = begin(cast.vera, "My parcel is late")
    alice = as_operator(cast.alice)

    assert ids(alice.get("conversations", status="open")) == [str(conversation.pk)]

    sent = alice.post(f"conversations/{conversation.pk}/messages", {"text": "It left this morning."})
    assert sent.status_code == 201, sent.content
    assert sent.json()["text"] == "It left this morning."
    assert sent.json()["author"] == {"kind": "operator", "id": str(cast.alice.pk), "name": "Alice"}

    read = alice.get(f"conversations/{conversation.pk}/messages").json()
    assert [message["text"] for message in read["messages"] if message["kind"] == "reply"] == [
        "My parcel is late",
        "It left this morning.",
    ]
    assert read["has_more"] is False

    resolved = alice.post(f"conversations/{conversation.pk}/resolve")
    assert (resolved.status_code, resolved.json()["status"]) == (200, "resolved")


def test_a_list_is_narrowed_by_what_is_asked(cast: Cast) -> None:
    mine = begin(cast.vera, "Mine")
    reply(cast.alice, mine)
    bobs = begin(cast.vera, "A refund for my parcel")
    reply(cast.bob, bobs)
    free = begin(make_visitor(cast.acme_widget, name="Walt"), "Nobody's")
    done = begin(cast.vera, "Done")
    close(cast.alice, done)
    spam = begin(cast.vera, "Buy this")
    alice = as_operator(cast.alice)
    alice.post(f"conversations/{spam.pk}/spam", {"is_spam": True})
    alice.put(f"conversations/{free.pk}/tags", {"tags": ["late"]})
    with tenant_scope(TenantId(cast.acme.pk)):
        actor = system_actor(TenantId(cast.acme.pk))
        team = create_team(actor=actor, name="Sales", member_ids=[])
    alice.patch(f"conversations/{bobs.pk}", {"team_id": str(team.pk)})

    every = {str(one.pk) for one in (mine, bobs, free, done)}
    assert set(ids(alice.get("conversations"))) == every
    assert ids(alice.get("conversations", assignee="me")) == [str(mine.pk)]
    assert ids(alice.get("conversations", assignee="none", status="open")) == [str(free.pk)]
    assert ids(alice.get("conversations", assignee=str(cast.bob.pk))) == [str(bobs.pk)]
    assert ids(alice.get("conversations", status="resolved")) == [str(done.pk)]
    assert ids(alice.get("conversations", is_spam="true")) == [str(spam.pk)]
    assert ids(alice.get("conversations", tag="late")) == [str(free.pk)]
    assert ids(alice.get("conversations", team=str(team.pk))) == [str(bobs.pk)]
    assert ids(alice.get("conversations", contact=str(free.contact_id))) == [str(free.pk)]
    assert set(ids(alice.get("conversations", inbox=str(cast.acme_widget.pk)))) == every
    assert ids(alice.get("conversations", q="REFUND parc")) == [str(bobs.pk)]
    assert ids(alice.get("conversations", q="walt")) == [str(free.pk)]
    # Who has waited the longest comes first; those who do not wait are left out.
    assert ids(alice.get("conversations", sort="waiting")) == [str(free.pk)]


def test_another_tenants_ids_match_nothing(cast: Cast) -> None:
    begin(cast.vera, "Hello")
    foreign = begin(make_visitor(cast.globex_widget, name="Walt"), "Secret")
    alice = as_operator(cast.alice)
    for query in (
        {"inbox": cast.globex_widget.pk},
        {"contact": foreign.contact_id},
        {"assignee": cast.mallory.pk},
        {"q": "secret"},
    ):
        assert ids(alice.get("conversations", **query)) == []


def test_pages_follow_each_other_without_a_gap_while_new_ones_arrive(cast: Cast) -> None:
    moment = now() - timedelta(hours=1)
    begun = []
    for number in range(7):
        # Pairs share their moment, so that the id has to tell them apart.
        with happening_at(moment + timedelta(minutes=number // 2)):
            begun.append(str(begin(cast.vera, f"Number {number}").pk))
    alice = as_operator(cast.alice)
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = alice.get("conversations", limit="2", **cursor)
        seen += ids(page)
        begin(cast.vera, "One more meanwhile")
        if page.json()["next"] is None:
            break
        cursor = {"cursor": page.json()["next"]}
    assert sorted(seen) == sorted(begun)


def test_a_list_costs_the_same_queries_however_long_it_is(cast: Cast) -> None:
    alice = as_operator(cast.alice)

    def queries(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert alice.get(path, limit="100").status_code == 200
        return len(captured)

    def more(number: int) -> None:
        for _ in range(number):
            conversation = begin(make_visitor(cast.acme_widget), "Hello")
            reply(cast.alice, conversation)
            alice.put(f"conversations/{conversation.pk}/tags", {"tags": ["a", "b"]})
            close(cast.alice, conversation)

    more(1)
    paths = (
        "conversations",
        "contacts",
        "inboxes",
        "tags",
        "canned-replies",
        "ratings",
        "operators",
        "teams",
    )
    few = {path: queries(path) for path in paths}
    more(6)
    assert {path: queries(path) for path in paths} == few
    # Contacts take the most: their tags and their newest session come on their own.
    assert max(few.values()) <= 13


def test_a_conversation_is_begun_once_for_a_contact(cast: Cast) -> None:
    alice = as_operator(cast.alice)
    body = {
        "inbox_id": str(cast.acme_widget.pk),
        "contact_id": str(cast.vera.contact_id),
        "client_id": str(uuid4()),
        "message": {"text": "Your order is ready."},
    }
    first, again = (alice.post("conversations", body) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["last_message"]["text"] == "Your order is ready."
    assert first.json()["operator"]["name"] == "Alice"
    assert again.json()["id"] == first.json()["id"]
    messages = alice.get(f"conversations/{first.json()['id']}/messages").json()["messages"]
    assert [message["text"] for message in messages if message["kind"] == "reply"] == ["Your order is ready."]


def test_a_change_that_is_refused_in_part_is_refused_whole(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    alice = as_operator(cast.alice)
    body = {"operator_id": str(cast.bob.pk), "priority": "urgent", "tags": ["late"] * 3 + ["x" * 51]}
    assert alice.patch(f"conversations/{conversation.pk}", body).status_code == 400
    body["tags"] = [f"tag {number}" for number in range(20)]
    body["team_id"] = str(cast.globex.pk)
    assert alice.patch(f"conversations/{conversation.pk}", body).status_code == 400
    row = alice.get(f"conversations/{conversation.pk}").json()
    assert (row["operator"], row["priority"], row["tags"]) == (None, "none", [])


def test_subject_and_language_are_changed_with_the_rest(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    body = {"subject": "A late parcel", "language": "lt", "priority": "low"}
    changed = as_operator(cast.alice).patch(f"conversations/{conversation.pk}", body)
    assert changed.status_code == 200, changed.content
    assert {name: changed.json()[name] for name in body} == body


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("assign", {"operator_id": None}, {"operator": None}),
        ("priority", {"priority": "high"}, {"priority": "high"}),
        ("pending", {}, {"status": "pending"}),
        ("spam", {"is_spam": True}, {"is_spam": True}),
        ("resolve", {}, {"status": "resolved"}),
        ("unread", {}, {"unread_count": 1}),
    ],
)
def test_a_change_answers_with_the_conversation_as_it_is_then(
    cast: Cast, path: str, body: dict[str, Any], expected: dict[str, Any]
) -> None:
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation)
    alice = as_operator(cast.alice)
    answer = alice.post(f"conversations/{conversation.pk}/{path}", body)
    assert answer.status_code == 200, answer.content
    assert answer.json() == alice.get(f"conversations/{conversation.pk}").json()
    assert {name: answer.json()[name] for name in expected} == expected


def test_a_conversation_sleeps_until_the_moment_that_was_chosen(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    until = (now() + timedelta(days=7)).replace(microsecond=0)
    alice = as_operator(cast.alice)
    local = until.astimezone(timezone(timedelta(hours=2))).isoformat()
    answer = alice.post(f"conversations/{conversation.pk}/snooze", {"until": local})
    assert answer.status_code == 200, answer.content
    assert answer.json()["status"] == "snoozed"
    assert answer.json()["snoozed_until"] == until.strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    for wrong in ("2020-01-01T00:00:00Z", "2026-11-30T09:00:00", "tomorrow", "9999-12-31T23:59:59Z"):
        refused = alice.post(f"conversations/{conversation.pk}/snooze", {"until": wrong})
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["until"])


def test_a_note_needs_its_own_permission_and_stays_inside(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    place = f"conversations/{conversation.pk}/messages"
    replies_only = with_key(cast.acme, permissions={Permission.WRITE_MESSAGES})
    assert replies_only.post(place, {"text": "Psst", "kind": "note"}).status_code == 403
    noted = as_operator(cast.alice).post(place, {"text": "Psst", "kind": "note"})
    assert (noted.status_code, noted.json()["contact_position"]) == (201, None)


def test_the_same_client_id_is_the_same_message(cast: Cast) -> None:
    place = f"conversations/{begin(cast.vera, 'Hello').pk}/messages"
    alice = as_operator(cast.alice)
    client_id = str(uuid4())
    first, again, other = (
        alice.post(place, {"text": text, "client_id": client_id}) for text in ("Hi", "Hi", "Other")
    )
    assert [first.status_code, again.status_code, other.status_code] == [201, 200, 409]
    assert again.json() == first.json()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"text": " \n "}, 400),
        ({"text": "x" * 10_001}, 400),
        ({"text": "x", "kind": "event"}, 400),
    ],
)
def test_a_message_must_say_something_and_not_too_much(cast: Cast, body: dict[str, str], status: int) -> None:
    conversation = begin(cast.vera, "Hello")
    answer = as_operator(cast.alice).post(f"conversations/{conversation.pk}/messages", body)
    assert (answer.status_code, answer.json()["code"]) == (status, "bad_request")


def test_what_was_missed_is_told_in_order(cast: Cast) -> None:
    conversation = begin(cast.vera, "One", "Two")
    reply(cast.alice, conversation)
    alice = as_operator(cast.alice)
    told = alice.get(f"conversations/{conversation.pk}/events", after="2").json()
    assert [event["type"] for event in told["events"]] == [
        "message.created",
        "conversation.assigned",
        "message.created",
    ]
    assert [event["position"] for event in told["events"]] == [3, 4, 5]
    assert (told["head"], told["must_reload"]) == (5, False)


def test_long_messages_are_told_and_listed_in_parts(cast: Cast) -> None:
    texts = [f"{number} {'س' * 9_000}" for number in range(5)]
    conversation = begin(cast.vera, *texts)
    alice = as_operator(cast.alice)
    first = alice.get(f"conversations/{conversation.pk}/events").json()
    rest = alice.get(f"conversations/{conversation.pk}/events", after="4").json()
    assert [[event["position"] for event in part["events"]] for part in (first, rest)] == [
        [1, 2, 3, 4],
        [5, 6],
    ]
    assert (first["head"], first["must_reload"]) == (6, False)

    last = alice.get(f"conversations/{conversation.pk}/messages").json()
    before = alice.get(f"conversations/{conversation.pk}/messages", before="4").json()
    assert [message["text"] for message in last["messages"]] == texts[2:]
    assert [message["text"] for message in before["messages"]] == texts[:2]
    assert (last["has_more"], before["has_more"]) == (True, False)


def test_whoever_is_too_far_behind_is_told_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread, "MAX_GAP", 2)
    conversation = begin(cast.vera, "One", "Two")
    told = as_operator(cast.alice).get(f"conversations/{conversation.pk}/events", after="0").json()
    assert told == {"events": [], "head": 3, "must_reload": True}


def test_a_file_is_uploaded_and_sent(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    alice: Api = as_operator(cast.alice)
    uploaded = alice.upload("attachments", {"conversation_id": str(conversation.pk)}, name="order.txt")
    assert uploaded.status_code == 201, uploaded.content
    body = {"text": "", "attachment_ids": [uploaded.json()["id"]]}
    sent = alice.post(f"conversations/{conversation.pk}/messages", body)
    assert sent.status_code == 201, sent.content
    assert [file["name"] for file in sent.json()["attachments"]] == ["order.txt"]


def test_a_form_without_a_file_or_a_conversation_is_refused(cast: Cast) -> None:
    answer = as_operator(cast.alice).client.post("/api/v1/attachments", {"conversation_id": "x"})
    assert (answer.status_code, sorted(answer.json()["errors"])) == (400, ["conversation_id", "file"])
