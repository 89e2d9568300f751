"""What a list of conversations can be narrowed to by its address."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers

from conversations.api.view_bodies import MAX_FILTER, read_tree
from conversations.drafts import uuid_of
from conversations.filter_tree import parse_filter
from conversations.models import Conversation
from conversations.queries import NEWEST, SORTS, ConversationFilter
from conversations.saved_views import found_view, wanted_by
from conversations.search import conversation_ids_matching
from tenants.api.fields import Id, PageQuery, QueryFlag, Text
from tenants.errors import BadRequest
from tenants.permissions import Actor


class ConversationQuery(PageQuery):
    status = serializers.ChoiceField(choices=Conversation.Status.choices, required=False)
    assignee = Text(required=False, max_length=36, help_text="`me`, `none`, or the id of an operator.")
    inbox = Id(required=False)
    team = Id(required=False)
    tag = Text(required=False, max_length=50, help_text="The name of a tag.")
    contact = Id(required=False)
    is_spam = QueryFlag(required=False, help_text="Without it, spam is left out.")
    q = Text(required=False, max_length=200, help_text="Words said in it, or of its contact.")
    view = Id(required=False, help_text="A saved view: only what passes its filter.")
    filter = Text(
        required=False,
        max_length=MAX_FILTER,
        help_text="JSON, as a saved view has it. It, or the view's, decides on spam, unless `is_spam` is sent.",
    )
    ids = Text(
        required=False,
        max_length=3699,
        help_text="Only these, separated by commas: which of them pass? Up to 100.",
    )
    sort = serializers.ChoiceField(
        choices=list(SORTS),
        default=NEWEST,
        help_text="`waiting`: the longest wait first, and only those who wait. `created_at`: the oldest first. "
        "`priority`: the highest first, then the newest activity.",
    )


def read_filter(query: dict[str, Any], actor: Actor) -> ConversationFilter:
    """Return the filter an address asks for. Raises BadRequest."""
    assignee = query.get("assignee")
    operator_id = actor.id if assignee == "me" else uuid_of(assignee)
    if assignee not in (None, "none") and operator_id is None:
        raise BadRequest(errors={"assignee": [_("This must be me, none, or the id of an operator.")]})
    return replace(
        _by_tree(query, actor),
        status=query.get("status"),
        operator_id=operator_id,
        is_unassigned=assignee == "none",
        inbox_id=query.get("inbox"),
        team_id=query.get("team"),
        tag=query.get("tag"),
        contact_id=query.get("contact"),
        ids=_ids(query),
        **({"is_spam": query["is_spam"]} if "is_spam" in query else {}),
    )


def _by_tree(query: dict[str, Any], actor: Actor) -> ConversationFilter:
    """Return the filter of a saved view, or of the address; without either, all but spam passes."""
    if "view" in query and "filter" in query:
        raise BadRequest(errors={"filter": [_("Send view or filter, not both.")]})
    if "view" in query:
        view = found_view(actor=actor, view_id=query["view"])
        return wanted_by(actor=actor, tree=parse_filter(view.filter))
    if "filter" in query:
        return wanted_by(actor=actor, tree=read_tree(query["filter"]))
    return ConversationFilter()


def _ids(query: dict[str, Any]) -> list[UUID] | None:
    """Return the only conversations a list may hold; None where it may hold any."""
    named: list[UUID] | None = None
    if "ids" in query:
        read = [uuid_of(one) for one in query["ids"].split(",")]
        named = [one for one in read if one is not None]
        if len(named) != len(read):
            raise BadRequest(errors={"ids": [_("These must be ids.")]})
    if "q" not in query:
        return named
    found = conversation_ids_matching(query=query["q"])
    return found if named is None else list(set(found) & set(named))
