"""Saved views: lists that somebody made for themselves, or for everybody."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from conversations.actions.manage_views import change_view, create_view, order_views, remove_view
from conversations.api.view_bodies import ChangeSavedView, CreateSavedView, FilterQuery, OrderViews, read_tree
from conversations.api.view_shapes import ViewCountShape, ViewCountsShape, ViewListShape
from conversations.present import view_shape
from conversations.saved_views import MOST_COUNTED, count_of, found_view, view_counts, visible_views
from conversations.shapes import SavedViewShape
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.permissions import Permission

CHAPTER = "Views"


class ViewList(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "list_views",
        "List the views",
        permission=Permission.READ_CONVERSATIONS,
        gives=ViewListShape,
    )
    def get(self, request: Request) -> Any:
        """Everybody's first, then your own. A key sees everybody's."""
        return {"results": [view_shape(view) for view in visible_views(actor=self.actor)]}

    @operation(
        "create_view",
        "Save a view",
        permission=Permission.READ_CONVERSATIONS,
        body=CreateSavedView,
        gives=SavedViewShape,
        status=201,
    )
    def post(self, request: Request, body: dict[str, Any]) -> Any:
        """Your own, or everybody's, for which `settings:write` is needed. A key has none of its own."""
        return view_shape(create_view(actor=self.actor, **body))


class ViewCounts(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "count_views",
        "Count the conversations of each view",
        permission=Permission.READ_CONVERSATIONS,
        gives=ViewCountsShape,
    )
    def get(self, request: Request) -> Any:
        """By the view's id; nobody counts further than 100."""
        return {"counts": view_counts(actor=self.actor)}


class ViewCount(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "count_filter",
        "Count what a filter lets through",
        permission=Permission.READ_CONVERSATIONS,
        query=FilterQuery,
        gives=ViewCountShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """Nobody counts further than 100: then `is_more`."""
        found = count_of(actor=self.actor, tree=read_tree(query["filter"]))
        return {"count": min(found, MOST_COUNTED - 1), "is_more": found >= MOST_COUNTED}


class ViewOrder(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "order_views",
        "Put views in order",
        permission=Permission.READ_CONVERSATIONS,
        body=OrderViews,
        gives=ViewListShape,
        refuses=(404,),
    )
    def put(self, request: Request, body: dict[str, Any]) -> Any:
        """Your own, or everybody's, for which `settings:write` is needed. Those left out follow."""
        order_views(actor=self.actor, view_ids=body["ids"])
        return {"results": [view_shape(view) for view in visible_views(actor=self.actor)]}


class ViewDetail(TenantAPIView):
    chapter = CHAPTER

    @operation(
        "get_view",
        "Get a view",
        permission=Permission.READ_CONVERSATIONS,
        gives=SavedViewShape,
        refuses=(404,),
    )
    def get(self, request: Request, view_id: UUID) -> Any:
        return view_shape(found_view(actor=self.actor, view_id=view_id))

    @operation(
        "change_view",
        "Change a view",
        permission=Permission.READ_CONVERSATIONS,
        body=ChangeSavedView,
        gives=SavedViewShape,
        refuses=(404,),
    )
    def patch(self, request: Request, view_id: UUID, body: dict[str, Any]) -> Any:
        """Only what is sent changes. With `is_shared`, it becomes everybody's, or your own."""
        return view_shape(change_view(actor=self.actor, view_id=view_id, **body))

    @operation("remove_view", "Remove a view", permission=Permission.READ_CONVERSATIONS, refuses=(404,))
    def delete(self, request: Request, view_id: UUID) -> Any:
        """Its conversations stay where they are."""
        remove_view(actor=self.actor, view_id=view_id)
