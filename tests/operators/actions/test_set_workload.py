"""How much an operator may have to do at once, and how their teams ask them."""

import pytest

from operators.actions.manage_teams import change_team, create_team
from operators.actions.set_workload import set_workload
from operators.models import Operator, Team
from operators.team_routing import TeamRouting
from tenants.errors import BadRequest, NotFound, PermissionDenied
from tenants.models import AuditEntry
from tenants.permissions import Role
from tenants.scoping import tenant_scope
from tests.cast import Cast, make_operator

pytestmark = pytest.mark.django_db


def test_an_admin_sets_a_limit_and_languages_and_the_trail_says_so(cast: Cast) -> None:
    with tenant_scope(cast.acme.pk):
        set_workload(
            actor=cast.bob.actor, operator_id=cast.alice.pk, max_conversations=6, languages=["lt", "en", "lt"]
        )
        alice = Operator.objects.get(pk=cast.alice.pk)
        entry = AuditEntry.objects.get(action="operator.workload_changed")
    assert (alice.max_conversations, alice.languages) == (6, ["en", "lt"])
    assert entry.changes == {"max_conversations": [4, 6], "languages": [[], ["en", "lt"]]}


def test_saving_what_is_so_already_leaves_no_trail(cast: Cast) -> None:
    with tenant_scope(cast.acme.pk):
        set_workload(actor=cast.bob.actor, operator_id=cast.alice.pk, max_conversations=4, languages=[])
        assert AuditEntry.objects.count() == 0


def test_nobody_else_sets_it_and_nobody_above_oneself_is_changed(cast: Cast) -> None:
    owner = make_operator(cast.acme, name="Olivia", role=Role.OWNER)
    with tenant_scope(cast.acme.pk):
        for actor, target in ((cast.alice, cast.alice), (cast.bob, owner)):
            with pytest.raises(PermissionDenied):
                set_workload(actor=actor.actor, operator_id=target.pk, max_conversations=1, languages=[])
        with pytest.raises(NotFound):
            set_workload(actor=cast.bob.actor, operator_id=cast.mallory.pk, max_conversations=1, languages=[])
        assert set(Operator.objects.values_list("max_conversations", flat=True)) == {4}


@pytest.mark.parametrize(
    ("limit", "languages", "field"), [(51, [], "max_conversations"), (4, ["xx"], "languages")]
)
def test_what_cannot_be_is_refused(cast: Cast, limit: int, languages: list[str], field: str) -> None:
    with tenant_scope(cast.acme.pk), pytest.raises(BadRequest) as refused:
        set_workload(
            actor=cast.bob.actor, operator_id=cast.alice.pk, max_conversations=limit, languages=languages
        )
    assert list(refused.value.errors) == [field]


def test_a_team_keeps_how_it_shares_out_and_the_trail_says_what_changed(cast: Cast) -> None:
    with tenant_scope(cast.acme.pk):
        team = create_team(actor=cast.bob.actor, name="Sales", member_ids=[])
        assert team.assignment_mode == "manual"
        routing = TeamRouting(assignment_mode="least_busy", offer_seconds=0, countries=("LT",))
        change_team(actor=cast.bob.actor, team_id=team.pk, name="Sales", member_ids=[], routing=routing)
        change_team(actor=cast.bob.actor, team_id=team.pk, name="Shop", member_ids=[])
        assert TeamRouting.of(Team.objects.get(pk=team.pk)) == routing
        entries = list(AuditEntry.objects.filter(action="team.changed").order_by("created_at"))
    assert [entry.changes for entry in entries] == [
        {"assignment_mode": ["manual", "least_busy"], "offer_seconds": [20, 0], "countries": [[], ["LT"]]},
        {"name": ["Sales", "Shop"]},
    ]


@pytest.mark.parametrize(
    ("routing", "field"),
    [
        (TeamRouting(assignment_mode="dice"), "assignment_mode"),
        (TeamRouting(offer_seconds=4), "offer_seconds"),
        (TeamRouting(offer_seconds=301), "offer_seconds"),
        (TeamRouting(languages=("xx",)), "languages"),
        (TeamRouting(countries=("XX", "LT")), "countries"),
    ],
)
def test_a_team_cannot_share_out_in_a_way_that_does_not_exist(
    cast: Cast, routing: TeamRouting, field: str
) -> None:
    with tenant_scope(cast.acme.pk), pytest.raises(BadRequest) as refused:
        create_team(actor=cast.bob.actor, name="Sales", member_ids=[], routing=routing)
    assert list(refused.value.errors) == [field]
