"""Which list the address of the console asks for."""

from typing import Final
from uuid import UUID

from conversations.drafts import uuid_of
from conversations.filter_tree import parse_filter
from conversations.queries import NEWEST, ConversationFilter
from conversations.saved_views import found_view, wanted_by
from operators.pages.access import OperatorRequest
from tenants.errors import NotFound

# The lists that are a status of their own; the others are of open conversations.
STATUS_LISTS: Final = frozenset({"pending", "snoozed", "resolved"})
# How lists are sorted, by what the console's address calls it.
SORTS: Final = {"waiting": "waiting", "oldest": "created_at", "priority": "priority"}


def wanted_list(request: OperatorRequest) -> ConversationFilter:
    """Return the filter of the list that the console's address names."""
    view = request.GET.get("view", "mine")
    if (view_id := uuid_of(view)) is not None:
        return _saved(request, view_id)
    return ConversationFilter(
        status=view if view in STATUS_LISTS else "open",
        operator_id=request.operator.pk if view not in {*STATUS_LISTS, "all", "unassigned"} else None,
        is_unassigned=view == "unassigned",
        inbox_id=uuid_of(request.GET.get("inbox")),
        tag=request.GET.get("tag") or None,
    )


def _saved(request: OperatorRequest, view_id: UUID) -> ConversationFilter:
    try:
        view = found_view(actor=request.operator.actor, view_id=view_id)
    except NotFound:
        # The console goes on to a list that is there.
        return ConversationFilter(ids=())
    return wanted_by(actor=request.operator.actor, tree=parse_filter(view.filter))


def wanted_order(request: OperatorRequest) -> str:
    """Return how that list is sorted."""
    return SORTS.get(request.GET.get("sort", ""), NEWEST)
