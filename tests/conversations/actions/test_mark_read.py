"""How far the operators have read only ever grows."""

import pytest

from conversations.actions.mark_read import mark_read
from tenants.scoping import tenant_scope
from tests.cast import Cast, begin

pytestmark = pytest.mark.django_db


def test_a_page_that_tells_late_what_it_read_makes_nothing_unread_again(cast: Cast) -> None:
    conversation = begin(cast.vera, "One", "Two", "Three")
    with tenant_scope(conversation.tenant_id):
        mark_read(actor=cast.alice.actor, conversation_id=conversation.pk, position=3)
        late = mark_read(actor=cast.bob.actor, conversation_id=conversation.pk, position=2)

        assert (late.unread_count, late.operators_read_position) == (1, 3)
