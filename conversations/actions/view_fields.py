"""What a saved view may be called, look like and ask for."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from conversations.filter_tree import Group, as_json, conditions, named_ids, parse_filter
from conversations.models import Inbox, Tag
from conversations.queries import SORTS
from conversations.text import clean, one_line
from operators.models import Operator, Team
from tenants.digits import own_digits
from tenants.errors import BadRequest

MAX_NAME: Final = 50
MAX_ICON: Final = 16
# What a filter may name by id.
_NAMED: Final[Mapping[str, Any]] = {
    "inbox": Inbox,
    "operator": Operator,
    "team": Team,
    "tag": Tag,
    "contact_tag": Tag,
}


def checked_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a view as they are stored. Raises BadRequest naming each that is wrong."""
    made: dict[str, Any] = dict(given)
    errors: dict[str, list[str]] = {}
    if "name" in given:
        made["name"] = one_line(clean(given["name"]), length=1000)
        if not 0 < len(made["name"]) <= MAX_NAME:
            errors["name"] = [own_digits(_("From 1 to %(limit)d characters.") % {"limit": MAX_NAME})]
    if "icon" in given:
        made["icon"] = one_line(clean(given["icon"]), length=1000)
        if len(made["icon"]) > MAX_ICON or any(char.isalpha() or char == " " for char in made["icon"]):
            errors["icon"] = [_("One emoji.")]
    if "sort" in given and given["sort"] not in SORTS:
        errors["sort"] = [_("Choose one of: %(codes)s.") % {"codes": ", ".join(SORTS)}]
    if "filter" in given:
        tree = parse_filter(given["filter"])
        errors.update(_unknown(tree))
        made["filter"] = as_json(tree)
    if errors:
        raise BadRequest(errors=errors)
    return made


def _unknown(tree: Group) -> dict[str, list[str]]:
    """Return what is wrong with a tree that names something that is not there (any more)."""
    fields = {condition.field for condition in conditions(tree)} & set(_NAMED)
    errors = {}
    for field in sorted(fields):
        ids = named_ids(tree, field)
        if _NAMED[field].objects.filter(pk__in=ids).count() != len(ids):
            errors[f"filter.{field}"] = [_("This is not there any more. Choose something else.")]
    return errors
