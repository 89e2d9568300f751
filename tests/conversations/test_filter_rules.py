"""What filters let through, beside the same trees evaluated in plain Python over conversations of every kind."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.filter_rules import Asker, as_query
from conversations.filter_tree import Condition, Group, parse_filter
from conversations.models import Contact, ContactTag, Conversation, ConversationTag, Inbox, Tag
from conversations.text import fold
from operators.models import Operator, Team
from tenants.ids import uuid7
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast, make_cast

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Vilnius")
MOST = 60


class World:
    """Sixty conversations of Acme that differ in everything a filter may ask, and one of Globex that has it all."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        random = Random(11)
        with tenant_scope(TenantId(cast.acme.pk)):
            self.operators = [cast.alice.pk, cast.bob.pk]
            self.teams = [Team.objects.create(name=name).pk for name in ("Day", "Night")]
            self.tags = [Tag.objects.create(name=name).pk for name in ("late", "vip", "lost")]
            mail = Inbox.objects.create(name="Mail", kind=Inbox.Kind.EMAIL)
            self.inboxes = [cast.acme_widget.pk, mail.pk]
            contacts = [self._contact(name) for name in ("Vera Lane", "Žydrė", "نسرین احمدی", "")]
            for contact, tag_id in zip(contacts, self.tags, strict=False):
                ContactTag.objects.create(contact=contact, tag_id=tag_id)
            self.rows = [self._conversation(random, contacts) for _each in range(MOST)]
        with tenant_scope(TenantId(cast.globex.pk)):
            self.foreign = Conversation.objects.create(
                inbox=cast.globex_widget,
                contact=self._contact("Vera Lane"),
                client_id=uuid7(),
                unread_count=3,
            ).pk

    def _contact(self, name: str) -> Contact:
        contact = Contact(name=name, email=f"{len(name)}@shop.example")
        contact.refold()
        contact.save()
        return contact

    def _conversation(self, random: Random, contacts: list[Contact]) -> Conversation:
        def ago(most: int) -> datetime:
            return AT - timedelta(minutes=random.randrange(most))

        row = Conversation.objects.create(
            inbox_id=random.choice(self.inboxes),
            contact=random.choice(contacts),
            client_id=uuid7(),
            status=random.choice(Conversation.Status.values),
            priority=random.choice(Conversation.Priority.values),
            language=random.choice(["en", "fa", "lt"]),
            operator_id=random.choice([None, *self.operators]),
            team_id=random.choice([None, *self.teams]),
            is_spam=random.random() < 0.2,
            unread_count=random.choice([0, 0, 2]),
            waiting_since=random.choice([None, ago(200)]),
            created_at=ago(8 * 24 * 60),
            last_activity_at=ago(8 * 24 * 60),
        )
        for tag_id in random.sample(self.tags, random.randrange(3)):
            ConversationTag.objects.create(conversation=row, tag_id=tag_id)
        return row

    def asker(self) -> Asker:
        return Asker(operator_id=self.cast.alice.pk, at=AT, zone=ZONE)

    def found(self, tree: Group) -> set[UUID]:
        with tenant_scope(TenantId(self.cast.acme.pk)):
            rows = Conversation.objects.filter(as_query(tree, asker=self.asker()))
            return set(rows.values_list("pk", flat=True))

    def expected(self, tree: Group) -> set[UUID]:
        with tenant_scope(TenantId(self.cast.acme.pk)):
            tags = {
                row.pk: {str(link.tag_id) for link in ConversationTag.objects.filter(conversation=row)}
                for row in self.rows
            }
            for row in self.rows:
                links = ContactTag.objects.filter(contact_id=row.contact_id)
                tags[row.pk] |= {f"contact {link.tag_id}" for link in links}
            kinds = dict(Inbox.objects.values_list("pk", "kind"))
        return {
            row.pk for row in self.rows if holds(tree, row, tags[row.pk], kinds[row.inbox_id], self.asker())
        }


@pytest.fixture
def world(db: None) -> World:
    return World(make_cast())


def holds(tree: Group, row: Conversation, tags: set[str], kind: str, asker: Asker) -> bool:
    """Whether a conversation passes, by plain Python."""
    every = [
        holds(part, row, tags, kind, asker) if isinstance(part, Group) else one(part, row, tags, kind, asker)
        for part in tree.parts
    ]
    return all(every) if tree.joined == "all" else any(every)


def one(condition: Condition, row: Conversation, tags: set[str], kind: str, asker: Asker) -> bool:
    value: Any = condition.value

    def person(column: UUID | None) -> bool:
        named = {str(asker.operator_id) if each == "me" else each for each in value}
        return str(column) in named if column else "none" in named

    def moment(at: datetime) -> bool:
        if condition.op == "within_days":
            return at >= asker.at - timedelta(days=value)
        day = at.astimezone(asker.zone).date()
        return bool(day < value if condition.op == "before" else day > value)

    plain: dict[str, Callable[[], bool]] = {
        "status": lambda: row.status in value,
        "inbox": lambda: str(row.inbox_id) in value,
        "operator": lambda: person(row.operator_id),
        "team": lambda: person(row.team_id),
        "tag": lambda: bool(tags & set(value)),
        "contact_tag": lambda: bool(tags & {f"contact {each}" for each in value}),
        "priority": lambda: row.priority in value,
        "language": lambda: row.language in value,
        "channel": lambda: kind in value,
        "unread": lambda: (row.unread_count > 0) == value,
        "spam": lambda: row.is_spam == value,
        "waiting": lambda: (
            row.waiting_since is not None and row.waiting_since < asker.at - timedelta(minutes=value)
        ),
        "created": lambda: moment(row.created_at),
        "updated": lambda: moment(row.last_activity_at),
        "contact": lambda: all(word in row.contact.search_text for word in fold(value).split()),
    }
    found = plain[condition.field]()
    return not found if condition.op in ("is_not", "has_not") else found


def some(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from([str(value) for value in values]), min_size=1, max_size=3, unique=True)


def trees(world: World) -> st.SearchStrategy[Any]:
    """Return every kind of filter about this world, as JSON."""
    signs, has = st.sampled_from(["is", "is_not"]), st.sampled_from(["has", "has_not"])
    listed: dict[str, list[Any]] = {
        "status": Conversation.Status.values,
        "priority": Conversation.Priority.values,
        "language": ["en", "fa", "lt", "ar"],
        "channel": Inbox.Kind.values,
        "inbox": world.inboxes,
        "operator": ["me", "none", *world.operators],
        "team": ["none", *world.teams],
    }

    def made(field: str, op: st.SearchStrategy[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.fixed_dictionaries({"field": st.just(field), "op": op, "value": value})

    days = st.dates(date(2026, 11, 11), date(2026, 11, 21)).map(date.isoformat)
    conditions = st.one_of(
        *(made(field, signs, some(values)) for field, values in listed.items()),
        *(made(field, has, some(world.tags)) for field in ("tag", "contact_tag")),
        *(made(field, st.just("is"), st.booleans()) for field in ("unread", "spam")),
        made("waiting", st.just("over"), st.integers(1, 200)),
        *(made(field, st.just("within_days"), st.integers(1, 8)) for field in ("created", "updated")),
        *(made(field, st.sampled_from(["before", "after"]), days) for field in ("created", "updated")),
        made(
            "contact",
            st.just("contains"),
            st.sampled_from(["vera", "LANE v", "zydre", "نسرين", "shop.example", "qx"]),
        ),
    )

    def grouped(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        joined = st.sampled_from(["all", "any"])
        return st.tuples(joined, st.lists(parts, min_size=1, max_size=3)).map(lambda made: {made[0]: made[1]})

    return grouped(conditions | grouped(conditions | grouped(conditions)))


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_database_finds_what_plain_python_finds(world: World, data: st.DataObject) -> None:
    tree = parse_filter(data.draw(trees(world)))
    found = world.found(tree)
    assert found == world.expected(tree)
    assert world.foreign not in found


def test_me_is_nobody_for_who_is_no_operator(world: World) -> None:
    def found(op: str, *values: str) -> int:
        tree = parse_filter({"all": [{"field": "operator", "op": op, "value": list(values)}]})
        asker = Asker(operator_id=None, at=AT, zone=ZONE)
        return Conversation.objects.filter(as_query(tree, asker=asker)).count()

    with tenant_scope(TenantId(world.cast.acme.pk)):
        free = Conversation.objects.filter(operator=None).count()
        assert 0 < free < MOST
        assert (found("is", "me"), found("is_not", "me")) == (0, MOST)
        assert (found("is", "me", "none"), found("is_not", "me", "none")) == (free, MOST - free)


def test_anothers_ids_let_nothing_through(world: World) -> None:
    with tenant_scope(TenantId(world.cast.globex.pk)):
        tag = Tag.objects.create(name="late")
        ConversationTag.objects.create(conversation_id=world.foreign, tag=tag)
        mallory = Operator.objects.get()
    for field, op, value in (("tag", "has", tag.pk), ("operator", "is", mallory.pk)):
        assert (
            world.found(parse_filter({"all": [{"field": field, "op": op, "value": [str(value)]}]})) == set()
        )
