"""After hints may have been lost, everybody is told how to find out what they missed."""

import pytest
from asgiref.sync import sync_to_async

from conversations.consumers import operator
from tenants import websocket
from tenants.events.groups import inbox_group
from tenants.events.hub import hub
from tenants.scoping import TenantId
from tests.cast import Cast, begin, make_cast
from tests.conversations.sockets.talk import as_operator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, site: str) -> Cast:
    return make_cast()


def have_doubts(cast: Cast) -> None:
    """Let the hub of the site suspect that the sockets of acme's operators were told too little."""
    group = inbox_group(TenantId(cast.acme.pk))
    for loop, home in list(hub.made.items()):
        for member in list(home.members.get(group, ())):
            loop.call_soon_threadsafe(member.suspect)


async def test_an_operator_compares_what_is_open_and_loads_the_list_afresh(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (websocket, operator):
        monkeypatch.setattr(module, "SUSPECT_SECONDS", 0.0)
    conversation = await sync_to_async(begin)(people.vera, "Hello")
    async with as_operator(people.alice) as alice:
        await alice.ask("open", conversation_id=str(conversation.pk))
        have_doubts(people)
        heartbeat = await alice.until("heartbeat")
        reload = await alice.until("reload")

    assert heartbeat["heads"] == {str(conversation.pk): conversation.operators_position}
    assert reload == {"type": "reload"}
