"""How much one person, one address and one tenant may send, over all their sockets."""

import pytest
from asgiref.sync import sync_to_async

from conversations.models import Message
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin, make_cast, make_visitor
from tests.clients import Everywhere
from tests.conversations.sockets.talk import as_operator, as_visitor

pytestmark = pytest.mark.django_db(transaction=True)

PLENTY = (1000, 1000, 100)
LIMITS = "django.conf.settings.PARLEY_MESSAGE_LIMITS"


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


def count(cast: Cast) -> int:
    with tenant_scope(TenantId(cast.acme.pk)):
        return Message.objects.filter(kind="reply").count()


async def test_two_tabs_of_a_visitor_share_one_limit_and_a_refused_message_is_not_stored(
    people: Cast, everywhere: Everywhere
) -> None:
    everywhere.put(LIMITS, {"person": (0.01, 6, 2), "address": PLENTY, "tenant": PLENTY})
    conversation = await sync_to_async(begin)(people.vera)
    async with as_visitor(people.vera) as first, as_visitor(people.vera) as second:
        answers = [
            await tab.send(str(conversation.pk), f"Message {turn}")
            for turn in range(4)
            for tab in (first, second)
        ]
    # Each process takes two at a time, so the last one of a handful may come after a refusal at the other.
    assert sorted(answer["type"] for answer in answers) == ["error"] * 2 + ["ok"] * 6
    assert answers[-1]["code"] == "too_many_requests"
    assert 50 < answers[-1]["retry_after"] <= 100
    assert await sync_to_async(count)(people) == 6


async def test_visitors_of_one_address_share_a_limit_and_operators_do_not(
    people: Cast, everywhere: Everywhere
) -> None:
    everywhere.put(LIMITS, {"person": PLENTY, "address": (0.01, 3, 1), "tenant": PLENTY})
    other = await sync_to_async(make_visitor)(people.globex_widget, name="Otto")
    conversation = await sync_to_async(begin)(people.vera)
    foreign = await sync_to_async(begin)(other)
    async with as_visitor(people.vera) as vera, as_visitor(other) as otto, as_operator(people.alice) as alice:
        kinds = [
            (await vera.send(str(conversation.pk), "One"))["type"],
            (await otto.send(str(foreign.pk), "Two"))["type"],
            (await vera.send(str(conversation.pk), "Three"))["type"],
            (await otto.send(str(foreign.pk), "Four"))["type"],
            (await alice.send(str(conversation.pk), "Five"))["type"],
        ]
    assert kinds == ["ok", "ok", "ok", "error", "ok"]


async def test_a_flooding_tenant_is_stopped_and_another_is_not(people: Cast, everywhere: Everywhere) -> None:
    everywhere.put(LIMITS, {"person": PLENTY, "address": PLENTY, "tenant": (0.01, 2, 1)})
    other = await sync_to_async(make_visitor)(people.globex_widget, name="Otto")
    conversation = await sync_to_async(begin)(people.vera)
    foreign = await sync_to_async(begin)(other)
    async with as_visitor(people.vera) as vera, as_visitor(other) as otto:
        acme = [(await vera.send(str(conversation.pk), "More"))["type"] for _ in range(3)]
        globex = (await otto.send(str(foreign.pk), "Hello"))["type"]
    assert (acme, globex) == (["ok", "ok", "error"], "ok")
