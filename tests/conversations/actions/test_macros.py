"""Macros: several things done to a conversation, all of them or none."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from conversations.actions.label import set_tags
from conversations.actions.manage_macros import change_macro, create_macro, remove_macro
from conversations.actions.run_macro import run_macro
from conversations.models import Conversation, Macro, Message, Tag
from operators.actions.manage_teams import create_team
from operators.models import Operator
from tenants.clock import now
from tenants.errors import BadRequest, Conflict, NotFound, PermissionDenied
from tenants.ids import uuid7
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin
from tests.operators.scenes import audited, nothing_changes


def made(cast: Cast, **fields: Any) -> Macro:
    with tenant_scope(TenantId(cast.acme.pk)):
        return create_macro(actor=cast.bob.actor, **{"name": "Late parcel", **fields})


def run(
    cast: Cast, macro: Macro, conversation: Conversation, *, client_id: UUID | None = None, **said: str
) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        run_macro(
            actor=cast.alice.actor,
            conversation_id=conversation.pk,
            macro_id=macro.pk,
            client_id=client_id or uuid7(),
            **said,
        )
        conversation.refresh_from_db()


def said(conversation: Conversation) -> list[tuple[str, str]]:
    with tenant_scope(TenantId(conversation.tenant_id)):
        rows = Message.objects.filter(conversation=conversation).exclude(kind="event")
        return list(rows.order_by("operators_position").values_list("kind", "text"))


def test_a_macro_does_all_it_says_in_its_order(cast: Cast) -> None:
    conversation = begin(cast.vera, "Where is it?")
    with tenant_scope(TenantId(cast.acme.pk)):
        set_tags(actor=cast.alice.actor, conversation_id=conversation.pk, names=["tea"])
    macro = made(
        cast, note="Asked the courier", tags=["late"], priority="high", assigns="me", reply="It is on its way.",
        status="snoozed", snooze_hours=4,
    )  # fmt: skip
    run(cast, macro, conversation)
    assert said(conversation) == [
        ("reply", "Where is it?"),
        ("note", "Asked the courier"),
        ("reply", "It is on its way."),
    ]
    with tenant_scope(TenantId(cast.acme.pk)):
        tags = set(Tag.objects.filter(links__conversation=conversation).values_list("name", flat=True))
    assert (tags, conversation.priority, conversation.operator_id) == ({"tea", "late"}, "high", cast.alice.pk)
    assert conversation.status == "snoozed"
    assert conversation.snoozed_until is not None
    assert timedelta(hours=3.9) < conversation.snoozed_until - now() <= timedelta(hours=4)


def test_what_is_empty_is_left_as_it_is(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    before = (
        conversation.priority,
        conversation.operator_id,
        conversation.status,
        conversation.message_count,
    )
    run(cast, made(cast, tags=["seen"]), conversation)
    after = (conversation.priority, conversation.operator_id, conversation.status, conversation.message_count)
    assert after == before


def test_whoever_runs_it_may_say_it_in_other_words_or_not_at_all(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    run(cast, made(cast, reply="Hi {{contact.name}}", note="Called"), conversation, reply="Hi Vera", note="")
    assert said(conversation)[1:] == [("reply", "Hi Vera")]


def test_the_same_run_twice_says_it_once(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    macro, once = made(cast, reply="Hi", note="Seen"), uuid7()
    run(cast, macro, conversation, client_id=once)
    run(cast, macro, conversation, client_id=once)
    assert said(conversation)[1:] == [("note", "Seen"), ("reply", "Hi")]


def test_a_team_gets_it_without_an_operator_and_whoever_left_gets_nothing(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        team = create_team(actor=cast.bob.actor, name="Returns", member_ids=[])
    conversation = begin(cast.vera, "Hello")
    run(cast, made(cast, assigns="me"), conversation)
    run(cast, made(cast, name="To returns", assigns="team", to_team_id=team.pk), conversation)
    assert (conversation.operator_id, conversation.team_id) == (None, team.pk)
    to_bob = made(cast, name="To Bob", assigns="operator", to_operator_id=cast.bob.pk)
    with tenant_scope(TenantId(cast.acme.pk)):
        Operator.objects.filter(pk=cast.bob.pk).update(is_active=False)
    run(cast, to_bob, conversation)
    assert (conversation.operator_id, conversation.team_id) == (None, team.pk)


def test_where_one_step_is_refused_nothing_is_done(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    macro = made(cast, note="Noted", tags=[f"tag {number}" for number in range(20)])
    with tenant_scope(TenantId(cast.acme.pk)):
        set_tags(actor=cast.alice.actor, conversation_id=conversation.pk, names=["one more"])
    with pytest.raises(BadRequest):
        run(cast, macro, conversation)
    assert said(conversation) == [("reply", "Hello")]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " ", "note": "x"}, {"name"}),
        ({"reply": "x" * 10_001}, {"reply"}),
        ({"tags": [f"tag {number}" for number in range(21)]}, {"tags"}),
        ({"priority": "huge", "status": "gone"}, {"priority", "status"}),
        ({"status": "snoozed", "snooze_hours": 0}, {"snooze_hours"}),
        ({"assigns": "team", "to_team_id": uuid7()}, {"to_team_id"}),
        ({"assigns": "operator"}, {"to_operator_id"}),
        ({"assigns": "team"}, {"to_team_id"}),
        ({}, set()),
    ],
)
def test_what_cannot_be_done_is_refused(cast: Cast, fields: dict[str, Any], wrong: set[str]) -> None:
    with nothing_changes(cast.acme), pytest.raises(BadRequest) as refused:
        made(cast, **fields)
    assert set(refused.value.errors) == wrong


def test_an_operator_of_another_business_cannot_be_assigned(cast: Cast) -> None:
    with pytest.raises(BadRequest) as refused:
        made(cast, assigns="operator", to_operator_id=cast.mallory.pk)
    assert set(refused.value.errors) == {"to_operator_id"}


def test_who_may_make_change_and_run_one(cast: Cast) -> None:
    macro = made(cast, note="x")
    with pytest.raises(Conflict):
        made(cast, note="y")
    with tenant_scope(TenantId(cast.acme.pk)):
        with pytest.raises(PermissionDenied):
            create_macro(actor=cast.alice.actor, name="Mine", note="x")
        change_macro(actor=cast.bob.actor, macro_id=macro.pk, name="Other", note="x")
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.globex.pk)), pytest.raises(NotFound):
        run_macro(
            actor=cast.mallory.actor, conversation_id=conversation.pk, macro_id=macro.pk, client_id=uuid7()
        )
    with tenant_scope(TenantId(cast.acme.pk)):
        remove_macro(actor=cast.bob.actor, macro_id=macro.pk)
    assert audited(cast.acme) == [
        ("Bob", "macro.created"),
        ("Bob", "macro.changed"),
        ("Bob", "macro.removed"),
    ]
