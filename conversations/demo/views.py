"""The lists that everybody at the demo shop sees."""

from typing import Any, Final

from conversations.actions.manage_views import create_view
from tenants.permissions import Actor

# Everybody's lists: icon, name, order, filter. A tag is named as above, and becomes its id.
VIEWS: Final[tuple[tuple[str, str, str, dict[str, Any]], ...]] = (
    ("⏳", "Waiting over 15 minutes", "waiting", {"all": [
        {"field": "status", "op": "is", "value": ["open"]},
        {"field": "waiting", "op": "over", "value": 15},
    ]}),
    ("📦", "Parcels in trouble", "-last_activity_at", {"all": [
        {"field": "status", "op": "is_not", "value": ["resolved"]},
        {"any": [
            {"field": "tag", "op": "has", "value": ["damaged", "missing", "delivery"]},
            {"field": "priority", "op": "is", "value": ["high", "urgent"]},
        ]},
    ]}),
)  # fmt: skip


def share_views(*, actor: Actor, tags: dict[str, str]) -> None:
    """Save the lists. ``tags`` maps the names of tags to their ids."""
    for icon, name, sort, tree in VIEWS:
        create_view(
            actor=actor, name=name, icon=icon, sort=sort, filter=_with_ids(tree, tags), is_shared=True
        )


def _with_ids(tree: Any, tags: dict[str, str]) -> Any:
    """Return a filter with the ids of the tags it names."""
    if "field" not in tree:
        return {joined: [_with_ids(part, tags) for part in parts] for joined, parts in tree.items()}
    return {**tree, "value": [tags[name] for name in tree["value"]]} if tree["field"] == "tag" else tree
