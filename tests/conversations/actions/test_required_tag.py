"""A team that asks for a tag: operators and keys are asked, contacts and automation never."""

import pytest

from conversations.actions.assign import assign
from conversations.actions.label import set_tags
from conversations.actions.resolve import resolve
from conversations.models import Conversation
from operators.actions.manage_teams import create_team
from operators.team_routing import TeamRouting
from tenants.errors import BadRequest
from tenants.models import EventRecord
from tenants.permissions import Actor, system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.api import as_operator, with_key
from tests.cast import Cast, begin


def of_team(cast: Cast, *, requires_tag: bool) -> Conversation:
    conversation = begin(cast.vera, "Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        team = create_team(
            actor=system_actor(TenantId(cast.acme.pk)),
            name="Orders",
            member_ids=[],
            routing=TeamRouting(requires_tag=requires_tag),
        )
        assign(actor=cast.bob.actor, conversation_id=conversation.pk, operator_id=None, team_id=team.pk)
    return conversation


def ended(cast: Cast, actor: Actor, conversation: Conversation) -> str:
    with tenant_scope(TenantId(cast.acme.pk)):
        return resolve(actor=actor, conversation_id=conversation.pk).status


def test_an_operator_is_asked_for_a_tag_and_nothing_is_done_without(cast: Cast) -> None:
    conversation = of_team(cast, requires_tag=True)
    with tenant_scope(TenantId(cast.acme.pk)):
        before = EventRecord.objects.count()
        with pytest.raises(BadRequest) as refused:
            resolve(actor=cast.alice.actor, conversation_id=conversation.pk)
        assert refused.value.errors == {"tags": ["Choose a tag before you resolve this."]}
        assert EventRecord.objects.count() == before
        assert Conversation.objects.get(pk=conversation.pk).status == "open"
        set_tags(actor=cast.alice.actor, conversation_id=conversation.pk, names=["late"])
    assert ended(cast, cast.alice.actor, conversation) == "resolved"


def test_the_api_says_what_is_missing(cast: Cast) -> None:
    conversation = of_team(cast, requires_tag=True)
    for api in (as_operator(cast.alice), with_key(cast.acme)):
        answer = api.post(f"conversations/{conversation.pk}/resolve")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["tags"])


def test_a_visitor_is_never_asked(cast: Cast) -> None:
    assert ended(cast, cast.vera.actor, of_team(cast, requires_tag=True)) == "resolved"


def test_automation_is_never_asked(cast: Cast) -> None:
    actor = system_actor(TenantId(cast.acme.pk))
    assert ended(cast, actor, of_team(cast, requires_tag=True)) == "resolved"


def test_other_teams_and_none_do_not_ask(cast: Cast) -> None:
    assert ended(cast, cast.alice.actor, of_team(cast, requires_tag=False)) == "resolved"
    assert ended(cast, cast.alice.actor, begin(cast.vera, "Hello")) == "resolved"


def test_the_setting_is_changed_over_the_api(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    team = bob.post("teams", {"name": "Orders", "requires_tag": True}).json()
    assert team["requires_tag"] is True
    assert bob.patch(f"teams/{team['id']}", {"requires_tag": False}).json()["requires_tag"] is False
