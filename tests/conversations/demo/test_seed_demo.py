"""The demo shop: believable, complete, the same for everybody, and made once."""

import re
from collections import Counter
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Q

from conversations.demo.articles import ARTICLES
from conversations.demo.people import COLLEAGUES, PASSWORD, TAGS
from conversations.demo.scripts import LANGUAGES, scripts_in
from conversations.demo.seed import LIVE, SPAM
from conversations.filter_tree import parse_filter
from conversations.models import Conversation, Inbox, Message, Rating
from conversations.saved_views import count_of, visible_views
from operators.models import Operator, Team, User
from tenants.clock import now
from tenants.models import OutgoingMail, Tenant, Timer
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope

COUNT = 60


def seeded(*, number: int = 1) -> Tenant:
    call_command("seed_demo", conversations=COUNT, seed=number, stdout=StringIO())
    return Tenant.objects.get(is_demo=True)


def test_there_are_more_than_forty_scripts() -> None:
    assert sum(len(scripts_in(language)) for language in LANGUAGES) >= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_script_begins_with_the_visitor_and_is_answered(language: str) -> None:
    for script in scripts_in(language):
        speakers = [turn.who for turn in script.turns]
        assert speakers[0] == "visitor"
        assert {"visitor", "operator"} <= set(speakers)
        assert set(script.tags) <= set(TAGS)
        assert 1 <= script.mood <= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_can_be_filled(language: str) -> None:
    named = {
        name
        for script in scripts_in(language)
        for turn in script.turns
        for name in re.findall(r"{(\w*)}", turn.text)
    }
    assert named <= {"name", "operator", "order", "city", "day"}


@pytest.mark.parametrize(("language", "letters"), [("fa", "پچگی"), ("ar", "ةىض"), ("lt", "ąčęėįšųūž")])
def test_scripts_are_written_in_their_own_letters(language: str, letters: str) -> None:
    text = "".join(turn.text for script in scripts_in(language) for turn in script.turns)
    assert set(letters) <= set(text)


@pytest.mark.django_db(transaction=True)
def test_the_shop_is_made_whole_and_once() -> None:
    tenant = seeded()
    again = seeded(number=2)

    assert (tenant, tenant.name) == (again, "Demo shop")
    person = User.objects.get(email="demo@parley.example")
    assert person.check_password(PASSWORD)
    with tenant_scope(tenant.pk):
        assert (Operator.objects.count(), Team.objects.count()) == (len(COLLEAGUES), 2)
        assert Conversation.objects.count() == COUNT
        assert Conversation.objects.filter(is_spam=True).count() == SPAM
        statuses = Counter(Conversation.objects.values_list("status", flat=True))
        assert statuses["resolved"] == COUNT - len(LIVE)
        assert (statuses["pending"], statuses["snoozed"]) == (3, 3)
        waiting = Conversation.objects.filter(status="open", waiting_since__isnull=False)
        assert waiting.filter(operator=None).count() == 6
        assert waiting.exclude(operator=None).count() == 6
        assert set(Conversation.objects.values_list("language", flat=True)) == {"en", "lt", "fa", "ar"}
        assert Rating.objects.filter(score__isnull=False).count() > 5
        assert Message.objects.filter(Q(text__contains="{") | Q(created_at__gt=now())).count() == 0
        asker = system_actor(TenantId(tenant.pk))
        views = list(visible_views(actor=asker))
        assert [view.is_shared for view in views] == [True, True]
        assert [count_of(actor=asker, tree=parse_filter(view.filter)) > 0 for view in views] == [True, True]
        assert OutgoingMail.objects.count() == 0
        shown = Inbox.objects.get().settings
        assert set(shown["announcement"]) == set(shown["links"]) == set(LANGUAGES)
    assert not Timer.objects.filter(kind__in=["follow_up", "csat_mail", "mail"]).exists()


@pytest.mark.django_db(transaction=True)
def test_a_conversation_costs_few_statements() -> None:
    """Seeding goes through the actions: what they cost once is paid eight thousand times at the first start."""
    counted = Counter[str]()

    def count(execute: Callable[..., Any], statement: str, *rest: Any) -> Any:
        counted[statement.split(maxsplit=1)[0]] += 1
        return execute(statement, *rest)

    with connection.execute_wrapper(count):
        seeded()

    once = 12 * len(ARTICLES) * len(LANGUAGES)  # the articles, however many conversations there are
    assert counted.total() < 32 * COUNT + once
    assert counted["SAVEPOINT"] < 10


@pytest.mark.django_db(transaction=True)
def test_the_same_number_tells_the_same_stories() -> None:
    def told() -> list[tuple[str, str]]:
        tenant = seeded()
        with tenant_scope(tenant.pk):
            rows = Message.objects.filter(kind="reply").order_by("created_at", "operators_position")
            made = list(rows.values_list("text", "author_kind"))
        Tenant.objects.filter(pk=tenant.pk).update(is_demo=False)
        return made

    assert told() == told()
