"""Make, change and remove the tags a business sorts its conversations by."""

import re
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conversations.models import Tag
from conversations.text import clean, one_line
from tenants.audit import record
from tenants.digits import own_digits
from tenants.errors import BadRequest, Conflict, NotFound
from tenants.permissions import Actor, Permission, require

DEFAULT_COLOUR: Final = "#64748b"
MAX_NAME: Final = 50
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")


@transaction.atomic
def create_tag(*, actor: Actor, name: str, colour: str = DEFAULT_COLOUR) -> Tag:
    """Make a tag. Raises PermissionDenied, BadRequest, Conflict (the name is taken)."""
    require(actor, Permission.WRITE_TAGS)
    tag = Tag(name=_checked_name(name), colour=_checked_colour(colour))
    _save(tag)
    record(actor=actor, action="tag.created", target=f"tag:{tag.pk}", changes={"name": [None, tag.name]})
    return tag


@transaction.atomic
def change_tag(*, actor: Actor, tag_id: UUID, name: str | None = None, colour: str | None = None) -> Tag:
    """Rename or recolour a tag; None leaves a field. Raises PermissionDenied, NotFound, BadRequest, Conflict."""
    require(actor, Permission.WRITE_TAGS)
    tag = _locked(tag_id)
    after = {
        "name": tag.name if name is None else _checked_name(name),
        "colour": tag.colour if colour is None else _checked_colour(colour),
    }
    changes = {key: [getattr(tag, key), value] for key, value in after.items() if getattr(tag, key) != value}
    if not changes:
        return tag
    tag.name, tag.colour = after["name"], after["colour"]
    _save(tag)
    record(actor=actor, action="tag.changed", target=f"tag:{tag.pk}", changes=changes)
    return tag


@transaction.atomic
def remove_tag(*, actor: Actor, tag_id: UUID) -> None:
    """Remove a tag from the list, from every conversation and every contact. Raises PermissionDenied, NotFound."""
    require(actor, Permission.WRITE_TAGS)
    tag = _locked(tag_id)
    record(actor=actor, action="tag.removed", target=f"tag:{tag.pk}", changes={"name": [tag.name, None]})
    tag.delete()


def _locked(tag_id: UUID) -> Tag:
    tag = Tag.objects.select_for_update().filter(pk=tag_id).first()
    if tag is None:
        raise NotFound()
    return tag


def _checked_name(name: str) -> str:
    name = one_line(clean(name), length=1000)
    if not name:
        raise BadRequest(errors={"name": [_("Please enter a name.")]})
    if len(name) > MAX_NAME:
        raise BadRequest(
            errors={"name": [own_digits(_("Up to %(limit)d characters.") % {"limit": MAX_NAME})]}
        )
    return name


def _checked_colour(colour: str) -> str:
    colour = colour.strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise BadRequest(errors={"colour": [_("Choose a colour like #0f766e.")]})
    return colour


def _save(tag: Tag) -> None:
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError as error:
        detail = _("A tag has this name already.")
        raise Conflict(detail, errors={"name": [detail]}) from error
