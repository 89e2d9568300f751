"""State before + events = state fetched fresh, with the very reducer that runs in the browser."""

import pytest

from tenants.events import Audience
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, begin
from tests.contract.moves import play
from tests.contract.reducer import missed, reduced, snapshot

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("audience", [Audience.OPERATORS, Audience.CONTACT])
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 6])
def test_events_bring_an_old_copy_to_the_fresh_state(cast: Cast, seed: int, audience: Audience) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        before = snapshot(conversation.pk, audience)
        play(cast, conversation, seed=seed, steps=40)

        state = reduced(conversation.pk, audience, before=before)

        row, messages = snapshot(conversation.pk, audience)
        assert state["conversations"][str(conversation.pk)] == row
        assert state["threads"][str(conversation.pk)]["messages"] == messages
        assert state["threads"][str(conversation.pk)]["early"] == []


def test_the_contacts_positions_have_no_holes_whatever_operators_do(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        play(cast, conversation, seed=7, steps=60)
        for audience in (Audience.CONTACT, Audience.OPERATORS):
            frames = missed(conversation.pk, audience, after=0)
            assert [frame["position"] for frame in frames] == list(range(1, len(frames) + 1))
