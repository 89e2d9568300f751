"""Make, change, order and remove saved views: one's own, or everybody's."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from conversations.actions.view_fields import checked_fields
from conversations.events import ViewsChanged
from conversations.models import SavedView
from conversations.queries import NEWEST
from tenants.audit import record
from tenants.digits import own_digits
from tenants.errors import BadRequest, NotFound
from tenants.events import broadcast
from tenants.permissions import Actor, ActorKind, Permission, require

# Of one owner; each is counted again and again.
MOST_VIEWS: Final = 30


@transaction.atomic
def create_view(
    *,
    actor: Actor,
    name: str,
    filter: Any,
    sort: str = NEWEST,
    icon: str = "",
    is_shared: bool = False,
    place: int | None = None,
) -> SavedView:
    """Save a filter as a view, at the end or at a place; ``filter`` is what ``parse_filter`` reads.

    Raises PermissionDenied (everybody's are for whoever may change settings), BadRequest naming each wrong field.
    """
    fields = checked_fields({"name": name, "filter": filter, "sort": sort, "icon": icon})
    owner_id = _owner(actor, is_shared=is_shared)
    end = _end(owner_id)
    place = end if place is None else place
    view = SavedView.objects.create(**fields, operator_id=owner_id, place=place)
    _tell(actor, view, "view.created", {"name": [None, view.name]})
    return view


@transaction.atomic
def change_view(*, actor: Actor, view_id: UUID, **fields: Any) -> SavedView:
    """Change any of ``name``, ``filter``, ``sort``, ``icon`` and ``is_shared``: everybody's, or one's own.

    Raises PermissionDenied, NotFound, BadRequest naming each field that is wrong.
    """
    view = _locked(actor, view_id)
    was_shared = view.is_shared
    is_shared = fields.pop("is_shared", was_shared)
    after = checked_fields(fields)
    if is_shared != was_shared:
        owner_id = _owner(actor, is_shared=is_shared)
        after |= {"operator_id": owner_id, "place": _end(owner_id)}
    changed = [name for name, value in after.items() if getattr(view, name) != value]
    if not changed:
        return view
    changes = {name: [str(getattr(view, name)), str(after[name])] for name in changed if name != "filter"}
    if "filter" in changed:
        # A tree is long: that it changed is enough.
        changes["filter"] = ["…", "…"]
    for name in changed:
        setattr(view, name, after[name])
    view.save(update_fields=[*changed, "updated_at"])
    _tell(actor, view, "view.changed", changes, was_shared=was_shared)
    return view


@transaction.atomic
def remove_view(*, actor: Actor, view_id: UUID) -> None:
    """Remove a view; its conversations stay where they are. Raises PermissionDenied, NotFound."""
    view = _locked(actor, view_id)
    _tell(actor, view, "view.removed", {"name": [view.name, None]})
    view.delete()


@transaction.atomic
def order_views(*, actor: Actor, view_ids: Sequence[UUID]) -> None:
    """Put views of one owner, all of them one's own or all everybody's, into this order; the others follow.

    Raises PermissionDenied, NotFound (one is not there, or another's), BadRequest (of both kinds).
    """
    named = {view.pk: view for view in SavedView.objects.filter(pk__in=view_ids)}
    owners = {view.operator_id for view in named.values()}
    if len(named) != len(set(view_ids)) or not owners <= {None, actor.id}:
        raise NotFound()
    if len(owners) != 1:
        raise BadRequest(errors={"ids": [_("Order your own views, or everybody's, but not both at once.")]})
    owner_id = owners.pop()
    if owner_id is None:
        require(actor, Permission.WRITE_SETTINGS)
    rows = SavedView.objects.select_for_update().filter(operator=owner_id).order_by("place", "pk")
    others = [view for view in rows if view.pk not in named]
    before = [view.name for view in SavedView.objects.filter(operator=owner_id).order_by("place", "pk")]
    ordered = [*(named[view_id] for view_id in dict.fromkeys(view_ids)), *others]
    for place, view in enumerate(ordered, start=1):
        view.place = place
    SavedView.objects.bulk_update(ordered, ["place"])
    after = [view.name for view in ordered]
    if owner_id is None and before != after:
        record(actor=actor, action="view.ordered", changes={"order": [before, after]})
    broadcast(ViewsChanged(operator_id=owner_id))


def _end(owner_id: UUID | None) -> int:
    """Return the place behind all views of an owner. Raises BadRequest when there are MOST_VIEWS already."""
    found = SavedView.objects.filter(operator=owner_id).aggregate(count=Count("pk"), last=Max("place"))
    if found["count"] >= MOST_VIEWS:
        raise BadRequest(own_digits(_("There are %(limit)d views already.") % {"limit": MOST_VIEWS}))
    return int(found["last"] or 0) + 1


def _owner(actor: Actor, *, is_shared: bool) -> UUID | None:
    """Return whose a view becomes: nobody's when it is everybody's."""
    if is_shared:
        require(actor, Permission.WRITE_SETTINGS)
        return None
    if actor.kind is not ActorKind.OPERATOR:
        raise BadRequest(errors={"is_shared": [_("Only a person has views of their own.")]})
    return actor.id


def _locked(actor: Actor, view_id: UUID) -> SavedView:
    view = SavedView.objects.select_for_update().filter(pk=view_id).first()
    if view is None or view.operator_id not in (None, actor.id):
        raise NotFound()
    if view.is_shared:
        require(actor, Permission.WRITE_SETTINGS)
    return view


def _tell(
    actor: Actor, view: SavedView, action: str, changes: dict[str, Any], *, was_shared: bool = False
) -> None:
    """Have the pages that show the view ask for it anew; what is everybody's goes into the audit trail."""
    if view.is_shared or was_shared:
        record(actor=actor, action=action, target=f"view:{view.pk}", changes=changes)
    broadcast(ViewsChanged(operator_id=None if was_shared else view.operator_id))
