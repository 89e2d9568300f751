"""The people who ask."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from conversations.actions.tag_contact import tag_contact
from conversations.actions.update_contact import create_contact, update_contact
from conversations.api.bodies import ContactFields, ContactQuery, SetTags
from conversations.api.present import contact_shape
from conversations.api.shapes import ContactPageShape, ContactShape, ConversationPageShape
from conversations.contacts import contact_page, found_contact, newest_sessions, tags_of
from conversations.models import Contact
from conversations.queries import ConversationFilter, conversation_page
from tenants.api.fields import PageQuery
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.permissions import Permission


def _shapes(contacts: list[Contact]) -> list[ContactShape]:
    ids = [contact.pk for contact in contacts]
    sessions, tags = newest_sessions(contact_ids=ids), tags_of(contact_ids=ids)
    return [
        contact_shape(contact, sessions.get(contact.pk), tags.get(contact.pk, ())) for contact in contacts
    ]


class ContactList(TenantAPIView):
    chapter = "Contacts"

    @operation(
        "list_contacts",
        "List or find contacts",
        permission=Permission.READ_CONTACTS,
        query=ContactQuery,
        gives=ContactPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """The newest first. `email` and `external_id` must be equal, `q` finds parts of words."""
        contacts, following = contact_page(**query)
        return {"results": _shapes(contacts), "next": following}

    @operation(
        "create_contact",
        "Create a contact",
        permission=Permission.WRITE_CONTACTS,
        body=ContactFields,
        gives=ContactShape,
        status=201,
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        return _shapes([create_contact(actor=self.actor, **body)])[0]


class ContactDetail(TenantAPIView):
    chapter = "Contacts"

    @operation(
        "get_contact",
        "Get a contact",
        permission=Permission.READ_CONTACTS,
        gives=ContactShape,
        refuses=(404,),
    )
    def get(self, request: Request, contact_id: UUID) -> Any:
        return _shapes([found_contact(contact_id=contact_id)])[0]

    @operation(
        "change_contact",
        "Change a contact",
        permission=Permission.WRITE_CONTACTS,
        body=ContactFields,
        gives=ContactShape,
        refuses=(404, 409),
    )
    def patch(self, request: Request, contact_id: UUID, body: dict[str, Any]) -> Any:
        """Only what is sent changes. A changed e-mail address is unverified."""
        return _shapes([update_contact(actor=self.actor, contact_id=contact_id, **body)])[0]


class ContactTags(TenantAPIView):
    chapter = "Contacts"

    @operation(
        "tag_contact",
        "Set the tags of a contact",
        permission=Permission.WRITE_CONTACTS,
        body=SetTags,
        gives=ContactShape,
        refuses=(404,),
    )
    def put(self, request: Request, contact_id: UUID, body: dict[str, Any]) -> Any:
        """Replaces the tags it has. They are of the same list as those of conversations."""
        tag_contact(actor=self.actor, contact_id=contact_id, names=body["tags"])
        return _shapes([found_contact(contact_id=contact_id)])[0]


class ContactConversations(TenantAPIView):
    chapter = "Contacts"

    @operation(
        "list_contact_conversations",
        "List the conversations of a contact",
        permission=Permission.READ_CONVERSATIONS,
        query=PageQuery,
        gives=ConversationPageShape,
        refuses=(404,),
    )
    def get(self, request: Request, contact_id: UUID, query: dict[str, Any]) -> Any:
        """All of them, spam too, newest activity first."""
        found_contact(contact_id=contact_id)
        page = conversation_page(wanted=ConversationFilter(contact_id=contact_id, is_spam=None), **query)
        return {"results": page.results, "next": page.next}
