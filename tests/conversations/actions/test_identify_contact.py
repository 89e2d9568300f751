"""Who a visitor becomes by a signed token: whose conversations go where, and whose never do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from conversations.actions.describe_contact import describe_contact
from conversations.actions.identify_contact import Identified, identify_contact
from conversations.actions.tag_contact import tag_contact
from conversations.actions.update_contact import create_contact
from conversations.links import contact_link
from conversations.models import Contact, ContactTag, Conversation, Inbox, VisitorSession
from conversations.visitors import find_visitor, hash_token
from tenants.clock import now
from tenants.errors import Expired, PermissionDenied, Unauthenticated
from tenants.models import EventRecord
from tests.cast import Cast, Visiting, begin, make_inbox, make_visitor, reply
from tests.identities import make_key, token_of
from tests.operators.scenes import published, within


def identify(cast: Cast, visitor: Visiting, token: str) -> Identified:
    with within(cast.acme):
        return identify_contact(actor=visitor.actor, token_hash=hash_token(visitor.token), token=token)


def back(found: Identified) -> Visiting:
    """Return the visitor as their browser is from now on."""
    assert found.session is not None
    token = found.session.token
    return Visiting(contact_id=found.contact.pk, token=token, actor=find_visitor(token=token).actor)


def known_as(cast: Cast, visitor: Visiting, token: str) -> Visiting:
    return back(identify(cast, visitor, token))


def contacts(cast: Cast) -> list[tuple[str, str, str, bool]]:
    with within(cast.acme):
        rows = Contact.objects.order_by("external_id")
        return list(rows.values_list("external_id", "name", "email", "is_verified"))


def owner_of(cast: Cast, conversation: Conversation) -> str:
    with within(cast.acme):
        return str(Contact.objects.get(conversations=conversation.pk).external_id)


def test_a_visitor_becomes_a_verified_contact_and_takes_their_conversations_along(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello", "Anybody?")
    reply(cast.alice, conversation)
    with within(cast.acme):
        before = Conversation.objects.values().get()
    key = make_key(cast.bob, cast.acme_widget)
    token = token_of(key, name="Vera V", email="vera@shop.example", attributes={"plan": "gold"})
    found = identify(cast, cast.vera, token)
    assert contacts(cast) == [("user-7", "Vera V", "vera@shop.example", True)]
    with within(cast.acme):
        after = Conversation.objects.values().get()
        told = EventRecord.objects.get(type="contact.identified").payload
        assert Contact.objects.get().attributes == {"plan": "gold"}
    assert after == {**before, "contact_id": found.contact.pk}
    assert told["former_contact_id"] == str(cast.vera.contact_id)
    assert told["conversation_ids"] == [str(conversation.pk)]
    assert published(cast.acme).count("contact.identified") == 1


def test_who_they_were_is_over_everywhere(cast: Cast) -> None:
    planted = make_visitor(cast.acme_widget, name="Planted")
    with within(cast.acme):
        # A session of the same visitor in somebody else's browser: it was planted, or is another tab.
        VisitorSession.objects.filter(contact=planted.contact_id).update(contact=cast.vera.contact_id)
        link = contact_link(inbox=cast.acme_widget, contact_id=cast.vera.contact_id)
    key = make_key(cast.bob, cast.acme_widget)
    vera = known_as(cast, cast.vera, token_of(key))
    for token in (planted.token, cast.vera.token):
        with pytest.raises(Unauthenticated):
            find_visitor(token=token)
    assert find_visitor(token=vera.token).actor.id == vera.contact_id
    assert vera.contact_id.hex not in link
    with within(cast.acme):
        assert VisitorSession.objects.count() == 1
        assert not Contact.objects.filter(pk=cast.vera.contact_id).exists()


def test_two_browsers_of_one_person_see_the_same_conversations(cast: Cast) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    phone = make_visitor(cast.acme_widget, name="")
    at_desk, on_phone = begin(cast.vera, "From the desk"), begin(phone, "From the phone")
    vera = known_as(cast, cast.vera, token_of(key))
    again = known_as(cast, phone, token_of(key))
    assert vera.contact_id == again.contact_id
    assert [owner_of(cast, one) for one in (at_desk, on_phone)] == ["user-7", "user-7"]


def test_the_same_person_again_changes_nothing(cast: Cast) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    vera = known_as(cast, cast.vera, token_of(key, name="Vera"))
    before = published(cast.acme)
    found = identify(cast, vera, token_of(key, name="Vera"))
    assert (found.session, found.was_other, published(cast.acme)) == (None, False, before)
    identify(cast, vera, token_of(key, name="Vera Renamed"))
    assert published(cast.acme) == [*before, "contact.updated"]


def test_two_known_contacts_are_never_made_one(cast: Cast) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    vera = known_as(cast, cast.vera, token_of(key, "vera"))
    hers = begin(vera, "A secret of Vera's")
    found = identify(cast, vera, token_of(key, "otto"))
    otto = back(found)
    assert found.was_other is True
    assert otto.contact_id != vera.contact_id
    assert owner_of(cast, hers) == "vera"
    assert [external_id for external_id, *_ in contacts(cast)] == ["otto", "vera"]
    with pytest.raises(Unauthenticated):
        find_visitor(token=vera.token)
    with within(cast.acme):
        told = EventRecord.objects.filter(type="contact.identified").latest("id").payload
    assert (told["former_contact_id"], told["conversation_ids"]) == (None, [])


def test_a_contact_that_the_api_made_is_found_by_their_id(cast: Cast) -> None:
    with within(cast.acme):
        made = create_contact(actor=cast.bob.actor, name="Vera", external_id="user-7")
    key = make_key(cast.bob, cast.acme_widget)
    assert known_as(cast, cast.vera, token_of(key)).contact_id == made.pk
    assert contacts(cast) == [("user-7", "Vera", "", True)]


def test_what_the_token_says_wins_over_what_was_typed(cast: Cast) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    vera = known_as(cast, cast.vera, token_of(key, name="Vera", email="vera@shop.example"))
    with within(cast.acme):
        describe_contact(actor=vera.actor, is_typed=True, name="Boss", email="boss@x.example", phone="123")
    assert contacts(cast) == [("user-7", "Vera", "vera@shop.example", True)]
    with within(cast.acme):
        assert Contact.objects.get().phone == "123"


def test_what_a_stranger_typed_before_does_not_become_the_known_contacts(cast: Cast) -> None:
    with within(cast.acme):
        describe_contact(actor=cast.vera.actor, is_typed=True, email="planted@x.example")
    known_as(cast, cast.vera, token_of(make_key(cast.bob, cast.acme_widget)))
    assert contacts(cast) == [("user-7", "", "", True)]


def test_an_address_that_no_token_names_is_not_verified(cast: Cast) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    vera = known_as(cast, cast.vera, token_of(key))
    with within(cast.acme):
        describe_contact(actor=vera.actor, is_typed=True, email="typed@x.example")
    identify(cast, vera, token_of(key))
    assert contacts(cast) == [("user-7", "", "typed@x.example", False)]
    identify(cast, vera, token_of(key, email="vera@shop.example"))
    assert contacts(cast) == [("user-7", "", "vera@shop.example", True)]


def world(cast: Cast) -> list[object]:
    with within(cast.acme):
        rows = (Contact, Conversation, VisitorSession, EventRecord)
        return [list(model.objects.order_by("pk").values_list()) for model in rows]


def refused(cast: Cast, visitor: Visiting, token: str) -> list[str]:
    before = world(cast)
    with pytest.raises((Unauthenticated, Expired)) as found:
        identify(cast, visitor, token)
    assert world(cast) == before
    return found.value.errors["token"]


def test_a_token_of_another_inbox_or_tenant_is_refused(cast: Cast) -> None:
    second = make_inbox(cast.acme, name="Second")
    with within(cast.globex):
        cast.mallory.role = "admin"
        cast.mallory.save()
    make_key(cast.bob, cast.acme_widget)
    ours, theirs = make_key(cast.bob, second), make_key(cast.mallory, cast.globex_widget)
    assert refused(cast, cast.vera, token_of(ours)) == ["key"]
    assert refused(cast, cast.vera, token_of(theirs)) == ["key"]


def test_a_token_of_a_revoked_key_is_refused(cast: Cast) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    with within(cast.acme):
        type(key.key).objects.update(revoked_at=now())
    assert refused(cast, cast.vera, token_of(key)) == ["key"]


def test_an_expired_token_is_refused(cast: Cast) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    token = token_of(key)
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        assert refused(cast, cast.vera, token) == ["expired"]


def test_a_blocked_contact_gets_in_by_no_token(cast: Cast) -> None:
    with within(cast.acme):
        Contact.objects.create(external_id="user-7", is_blocked=True)
    key = make_key(cast.bob, cast.acme_widget)
    before = world(cast)
    with pytest.raises(PermissionDenied):
        identify(cast, cast.vera, token_of(key))
    assert world(cast) == before


def test_a_key_knows_when_it_was_used(cast: Cast) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    known_as(cast, cast.vera, token_of(key))
    with within(cast.acme):
        key.key.refresh_from_db()
    assert key.key.last_used_at is not None


@pytest.mark.django_db(transaction=True)
def test_browsers_that_log_in_at_once_become_one_contact(cast: Cast) -> None:
    key = make_key(cast.bob, cast.acme_widget)
    visitors = [make_visitor(cast.acme_widget, name=f"Tab {number}") for number in range(6)]
    begun = [begin(visitor, "Hello") for visitor in visitors]

    def go(visitor: Visiting) -> None:
        try:
            identify(cast, visitor, token_of(key, "racer"))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(go, visitors))
    assert {owner_of(cast, conversation) for conversation in begun} == {"racer"}
    with within(cast.acme):
        assert Contact.objects.filter(external_id="racer").count() == 1
        assert Contact.objects.exclude(pk=cast.vera.contact_id).count() == 1


def test_with_signatures_insisted_on_a_page_says_nothing_unsigned(cast: Cast) -> None:
    with within(cast.acme):
        Inbox.objects.filter(pk=cast.acme_widget.pk).update(settings={"identity": "on"})
        with pytest.raises(PermissionDenied):
            describe_contact(actor=cast.vera.actor, is_typed=False, name="The Boss")
        assert describe_contact(actor=cast.vera.actor, is_typed=True, name="Typed").name == "Typed"


def test_the_tags_of_a_visitor_come_along_and_none_is_there_twice(cast: Cast) -> None:
    with within(cast.acme):
        made = create_contact(actor=cast.bob.actor, name="Vera", external_id="user-7")
        tag_contact(actor=cast.alice.actor, contact_id=made.pk, names=["vip", "old"])
        tag_contact(actor=cast.alice.actor, contact_id=cast.vera.contact_id, names=["vip", "late"])
    known_as(cast, cast.vera, token_of(make_key(cast.bob, cast.acme_widget)))
    with within(cast.acme):
        links = ContactTag.objects.filter(contact=made.pk).order_by("tag__name")
        assert list(links.values_list("tag__name", flat=True)) == ["late", "old", "vip"]
        assert ContactTag.objects.count() == 3
