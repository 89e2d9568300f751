"""Tags of contacts: set, followed into filters, kept when a visitor turns out to be known, and nobody else's."""

import json

from conversations.actions.tag_contact import tag_contact
from conversations.models import Contact, ContactTag
from tenants.models import EventRecord
from tenants.permissions import Permission
from tenants.scoping import TenantId, tenant_scope
from tests.api import Api, as_operator, with_key
from tests.cast import Cast, begin, make_visitor


def names(api: Api, contact_id: object) -> list[str]:
    return [tag["name"] for tag in api.get(f"contacts/{contact_id}").json()["tags"]]


def test_tags_of_a_contact_are_set_told_and_come_from_the_common_list(cast: Cast) -> None:
    bob = as_operator(cast.bob)
    late = bob.post("tags", {"name": "late", "colour": "#aa0000"}).json()
    answer = as_operator(cast.alice).put(f"contacts/{cast.vera.contact_id}/tags", {"tags": ["vip", " late "]})
    assert answer.status_code == 200, answer.content
    assert [tag["name"] for tag in answer.json()["tags"]] == ["late", "vip"]
    assert answer.json()["tags"][0] == late
    assert sorted(tag["name"] for tag in bob.get("tags").json()["results"]) == ["late", "vip"]
    with tenant_scope(TenantId(cast.acme.pk)):
        told = EventRecord.objects.filter(type="contact.tagged").order_by("id")
        assert [[tag["name"] for tag in one.payload["tags"]] for one in told] == [["late", "vip"]]
    # The same again is no news.
    bob.put(f"contacts/{cast.vera.contact_id}/tags", {"tags": ["late", "vip"]})
    with tenant_scope(TenantId(cast.acme.pk)):
        assert EventRecord.objects.filter(type="contact.tagged").count() == 1
    bob.delete(f"tags/{late['id']}")
    assert names(bob, cast.vera.contact_id) == ["vip"]
    bob.put(f"contacts/{cast.vera.contact_id}/tags", {"tags": []})
    assert names(bob, cast.vera.contact_id) == []


def test_too_many_tags_and_who_may_not_are_refused(cast: Cast) -> None:
    address = f"contacts/{cast.vera.contact_id}/tags"
    alice = as_operator(cast.alice)
    for tags in ([f"tag {number}" for number in range(21)], [" "]):
        assert alice.put(address, {"tags": tags}).status_code == 400
    reader = with_key(cast.acme, permissions={Permission.READ_CONTACTS})
    assert reader.put(address, {"tags": ["vip"]}).status_code == 403
    assert as_operator(cast.mallory).put(address, {"tags": ["vip"]}).status_code == 404
    with tenant_scope(TenantId(cast.acme.pk)):
        assert ContactTag.objects.count() == 0


def test_conversations_are_found_by_the_tags_of_their_contact(cast: Cast) -> None:
    hers = begin(cast.vera, "Hello")
    begin(make_visitor(cast.acme_widget, name="Walt"), "Hello")
    with tenant_scope(TenantId(cast.acme.pk)):
        [vip] = tag_contact(actor=cast.alice.actor, contact_id=cast.vera.contact_id, names=["vip"])

    def found(op: str) -> list[str]:
        tree = {"all": [{"field": "contact_tag", "op": op, "value": [str(vip.pk)]}]}
        rows = as_operator(cast.alice).get("conversations", filter=json.dumps(tree)).json()["results"]
        return [row["contact"]["name"] for row in rows]

    assert found("has") == ["Vera"]
    assert found("has_not") == ["Walt"]
    assert str(hers.contact_id) == str(cast.vera.contact_id)


def test_lists_of_contacts_ask_for_their_tags_once(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        for number in range(3):
            contact = Contact(name=f"Contact {number}")
            contact.save()
            tag_contact(actor=cast.alice.actor, contact_id=contact.pk, names=[f"tag {number}"])
    listed = as_operator(cast.alice).get("contacts").json()["results"]
    assert [[tag["name"] for tag in one["tags"]] for one in listed] == [["tag 2"], ["tag 1"], ["tag 0"], []]
