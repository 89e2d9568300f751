"""Reads about saved views: whose they are, and how many conversations lie in each."""

from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from conversations.filter_rules import as_query, asker_of
from conversations.filter_tree import Group, mentions, parse_filter
from conversations.models import SavedView
from conversations.queries import ConversationFilter, narrowed
from tenants.errors import NotFound
from tenants.permissions import Actor

# Nobody reads a greater number in the margin of a list, and PostgreSQL need not count on.
MOST_COUNTED: Final = 100


def visible_views(*, actor: Actor) -> QuerySet[SavedView]:
    """Return everybody's views and then the actor's own, each in the order they were put in."""
    rows = SavedView.objects.filter(Q(operator=None) | Q(operator_id=actor.id))
    return rows.order_by(F("operator").asc(nulls_first=True), "place", "pk")


def found_view(*, actor: Actor, view_id: UUID) -> SavedView:
    """Return a view the actor may use: everybody's or their own. Raises NotFound."""
    view = visible_views(actor=actor).filter(pk=view_id).first()
    if view is None:
        raise NotFound()
    return view


def wanted_by(*, actor: Actor, tree: Group) -> ConversationFilter:
    """Return a tree as the filter of a list, for the actor, now. Spam is left out unless the tree speaks of it."""
    is_spam = None if mentions(tree, "spam") else False
    return ConversationFilter(passes=as_query(tree, asker=asker_of(actor, tree=tree)), is_spam=is_spam)


def count_of(*, actor: Actor, tree: Group) -> int:
    """Return how many conversations pass, MOST_COUNTED at the most."""
    return narrowed(wanted_by(actor=actor, tree=tree)).order_by()[:MOST_COUNTED].count()


def view_counts(*, actor: Actor) -> dict[str, int]:
    """Return how many conversations lie in each view the actor may use, MOST_COUNTED at the most, by its id."""
    views = visible_views(actor=actor)
    return {str(view.pk): count_of(actor=actor, tree=parse_filter(view.filter)) for view in views}
