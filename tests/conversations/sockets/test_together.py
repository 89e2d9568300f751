"""Many visitors come or write in the same moment: round trips and commits are shared, and nothing else is."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from conversations.append import answer, arguments
from conversations.appending import append
from conversations.models import Conversation, Message
from conversations.visitors import greet_visitor
from tenants import hot_path
from tenants.errors import Unauthenticated
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, a_draft, begin, make_cast, make_visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


def texts(conversation: Conversation) -> list[str]:
    with tenant_scope(TenantId(conversation.tenant_id)):
        rows = Message.objects.filter(conversation=conversation, kind="reply").order_by("contact_position")
        return list(rows.values_list("text", flat=True))


def commits(conversations: list[Conversation]) -> int:
    """Return how many transactions wrote the messages of these conversations."""
    found = set()
    for conversation in conversations:
        with tenant_scope(TenantId(conversation.tenant_id)):
            found |= set(
                Message.objects.filter(conversation=conversation)
                .extra(select={"writer": "xmin::text"})
                .values_list("writer", flat=True)
            )
    return len(found)


async def test_messages_of_many_tenants_share_commits_and_each_gets_its_own_answer(people: Cast) -> None:
    def scene() -> list[tuple[Any, Conversation]]:
        visitors = [
            make_visitor(inbox, name=f"Visitor {number}")
            for number in range(12)
            for inbox in (people.acme_widget, people.globex_widget)
        ]
        return [(visitor.actor, begin(visitor)) for visitor in visitors]

    scenes = await sync_to_async(scene)()
    conversation, stranger = scenes[0][1], scenes[1][0]
    foreign = append(arguments(actor=stranger, conversation_id=conversation.pk, draft=a_draft("Let me in")))
    said = [
        append(arguments(actor=actor, conversation_id=conversation.pk, draft=a_draft(f"I am {number}")))
        for number, (actor, conversation) in enumerate(scenes)
    ]
    *answers, refused = await asyncio.gather(*said, foreign)
    await hot_path.close()

    assert refused[0][0] == "missing"
    assert [answer(rows).recorded[-1].body["message"]["text"] for rows in answers] == [
        f"I am {number}" for number in range(24)
    ]
    conversations = [conversation for _, conversation in scenes]
    assert [await sync_to_async(texts)(one) for one in conversations] == [
        [f"I am {number}"] for number in range(24)
    ]
    assert await sync_to_async(commits)(conversations) < 12


async def test_one_refused_file_costs_the_others_nothing(people: Cast) -> None:
    def scene() -> list[tuple[Any, Conversation]]:
        visitors = [make_visitor(people.acme_widget, name=f"Visitor {number}") for number in range(8)]
        return [(visitor.actor, begin(visitor)) for visitor in visitors]

    scenes = await sync_to_async(scene)()
    calls = [arguments(actor=actor, conversation_id=one.pk, draft=a_draft("Hello")) for actor, one in scenes]
    calls[5][12] = [uuid4()]  # a file that is not there
    answers = await asyncio.gather(*(append(values) for values in calls), return_exceptions=True)
    await hot_path.close()

    assert [getattr(found, "sqlstate", None) for found in answers] == [*[None] * 5, "PA001", None, None]
    assert [await sync_to_async(texts)(one) for _, one in scenes] == [
        *[["Hello"]] * 5,
        [],
        ["Hello"],
        ["Hello"],
    ]


async def test_visitors_of_many_tenants_share_a_round_trip_and_each_meets_only_their_own(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scene() -> list[tuple[Any, Conversation]]:
        visitors = [
            make_visitor(inbox, name=f"Visitor {number}")
            for number in range(12)
            for inbox in (people.acme_widget, people.globex_widget)
        ]
        return [(visitor, begin(visitor)) for visitor in visitors]

    trips = 0
    fetch = hot_path.fetch

    async def counted(statement: str, values: Sequence[Any]) -> Any:
        nonlocal trips
        trips += 1
        return await fetch(statement, values)

    scenes = await sync_to_async(scene)()
    monkeypatch.setattr(hot_path, "fetch", counted)
    *greeted, stranger = await asyncio.gather(
        *(greet_visitor(token=visitor.token) for visitor, _ in scenes),
        greet_visitor(token="of nobody"),
        return_exceptions=True,
    )
    await hot_path.close()
    assert isinstance(stranger, Unauthenticated)
    for (visitor, conversation), found in zip(scenes, greeted, strict=True):
        assert not isinstance(found, BaseException)
        assert found.actor == visitor.actor
        assert [known["id"] for known in found.conversations] == [str(conversation.pk)]
    assert trips == 3  # two alone, the others together
