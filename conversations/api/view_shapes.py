"""What the API answers about saved views."""

from typing import TypedDict

from conversations.shapes import SavedViewShape


class ViewListShape(TypedDict):
    """All of them; nobody has many."""

    results: list[SavedViewShape]


class ViewCountsShape(TypedDict):
    """By the view's id; 100 means that many or more."""

    counts: dict[str, int]


class ViewCountShape(TypedDict):
    count: int
    is_more: bool
