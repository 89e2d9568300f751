"""What can only be read: ratings, and whatever was ever said."""

from typing import Any

from rest_framework.request import Request

from conversations.api.bodies import RatingQuery, SearchQuery
from conversations.api.present import rating_row_shape
from conversations.api.shapes import HitsShape, RatingPageShape
from conversations.models import Rating
from conversations.search import search
from tenants.api.listing import listing
from tenants.api.operation import operation
from tenants.api.view import TenantAPIView
from tenants.permissions import Permission


class RatingList(TenantAPIView):
    chapter = "Ratings"

    @operation(
        "list_ratings",
        "List the ratings",
        permission=Permission.READ_RATINGS,
        query=RatingQuery,
        gives=RatingPageShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """Surveys, answered or not, the newest first."""
        rows = Rating.objects.all()
        if conversation_id := query.get("conversation"):
            rows = rows.filter(conversation_id=conversation_id)
        if score := query.get("score"):
            rows = rows.filter(score=score)
        return listing(rows, order=("-asked_at", "-pk"), query=query, shape=rating_row_shape)


class SearchView(TenantAPIView):
    chapter = "Search"

    @operation(
        "search",
        "Search messages and contacts",
        permission=Permission.READ_CONVERSATIONS,
        query=SearchQuery,
        gives=HitsShape,
    )
    def get(self, request: Request, query: dict[str, Any]) -> Any:
        """Every word must occur, as part of a word, whatever the alphabet, the digits or the accents."""
        hits = search(query=query["q"], limit=query["limit"])
        return {"results": [{"conversation": hit.conversation, "message": hit.message} for hit in hits]}
