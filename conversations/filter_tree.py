"""A filter of conversations as a tree: groups of conditions, read from JSON and checked. Pure.

``{"all": [...]}`` holds when every part does, ``{"any": [...]}`` when one does; a part is another group or a condition
``{"field", "op", "value"}``. ``filter_rules.py`` turns a tree into a query.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from conversations.models import Conversation, Inbox
from conversations.text import words_of
from tenants.digits import own_digits
from tenants.errors import BadRequest

MAX_DEPTH: Final = 3
MAX_CONDITIONS: Final = 20
MAX_VALUES: Final = 20
MAX_WORDS: Final = 100
# A year of minutes, ten years of days.
MAX_MINUTES: Final = 366 * 24 * 60
MAX_DAYS: Final = 3660

# Who asks, and nobody: values that are no ids.
ME: Final = "me"
NONE: Final = "none"

Value = tuple[str, ...] | bool | int | date | str
Reader = Callable[[Any], Value]
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DAY: Final = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold of a conversation. ``value`` is of the kind that the field and the operation want."""

    field: str
    op: str
    value: Value


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which all, or any, must hold. Never empty."""

    joined: Literal["all", "any"]
    parts: tuple["Condition | Group", ...]


class _Wrong(Exception):
    """A value is not what it must be; the text says why, in the reader's language."""


def _one_of(choices: Sequence[str]) -> Reader:
    def read(given: Any) -> Value:
        wanted = _listed(given)
        if not set(wanted) <= set(choices):
            raise _Wrong(_("Choose one of: %(codes)s.") % {"codes": ", ".join(choices)})
        return wanted

    return read


def _ids(*words: str) -> Reader:
    def read(given: Any) -> Value:
        wanted = tuple(dict.fromkeys(one.lower() for one in _listed(given)))
        if not all(one in words or _UUID.fullmatch(one) for one in wanted):
            raise _Wrong(_("These must be ids."))
        return wanted

    return read


def _listed(given: Any) -> tuple[str, ...]:
    """Return the texts of a list, each once, in their order."""
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise _Wrong(_("This must be a list of texts."))
    if not 0 < len(given) <= MAX_VALUES:
        raise _Wrong(own_digits(_("Choose from 1 to %(limit)d.") % {"limit": MAX_VALUES}))
    return tuple(dict.fromkeys(given))


def _flag(given: Any) -> Value:
    if not isinstance(given, bool):
        raise _Wrong(_("This must be true or false."))
    return given


def _number(most: int) -> Reader:
    def read(given: Any) -> Value:
        if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
            raise _Wrong(own_digits(_("A whole number from 1 to %(limit)d.") % {"limit": most}))
        return given

    return read


def _day(given: Any) -> Value:
    if isinstance(given, str) and _DAY.fullmatch(given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass  # the 31st of a month of thirty days
    raise _Wrong(_("This must be a day, like 2026-11-21."))


def _words(given: Any) -> Value:
    if not isinstance(given, str) or len(given) > MAX_WORDS or not words_of(given):
        raise _Wrong(own_digits(_("From 1 to %(limit)d characters.") % {"limit": MAX_WORDS}))
    return " ".join(given.split())


def _both(reader: Reader) -> dict[str, Reader]:
    return {"is": reader, "is_not": reader}


def _when() -> dict[str, Reader]:
    return {"within_days": _number(MAX_DAYS), "before": _day, "after": _day}


# Every field with its operations, and how the value of each is read.
FIELDS: Final[dict[str, dict[str, Reader]]] = {
    "status": _both(_one_of(Conversation.Status.values)),
    "inbox": _both(_ids()),
    "operator": _both(_ids(ME, NONE)),
    "team": _both(_ids(NONE)),
    "tag": {"has": _ids(), "has_not": _ids()},
    "contact_tag": {"has": _ids(), "has_not": _ids()},
    "priority": _both(_one_of(Conversation.Priority.values)),
    "language": _both(_one_of([code for code, _name in settings.LANGUAGES])),
    "channel": _both(_one_of(Inbox.Kind.values)),
    "unread": {"is": _flag},
    "spam": {"is": _flag},
    "waiting": {"over": _number(MAX_MINUTES)},
    "created": _when(),
    "updated": _when(),
    "contact": {"contains": _words},
}


def parse_filter(given: Any) -> Group:
    """Return the tree of a filter. Raises BadRequest naming every place that is wrong, like ``filter.all.0.value``.

    At most MAX_DEPTH groups inside one another and MAX_CONDITIONS conditions; no empty group.
    """
    errors: dict[str, list[str]] = {}
    tree = _group(given, at="filter", depth=1, errors=errors)
    if tree is not None and not errors and sum(1 for _each in conditions(tree)) > MAX_CONDITIONS:
        errors["filter"] = [own_digits(_("Up to %(limit)d conditions.") % {"limit": MAX_CONDITIONS})]
    if tree is None or errors:
        raise BadRequest(errors=dict(list(errors.items())[:MAX_CONDITIONS]))
    return tree


def _group(given: Any, *, at: str, depth: int, errors: dict[str, list[str]]) -> Group | None:
    joined = next(iter(given), None) if isinstance(given, dict) and len(given) == 1 else None
    if joined not in ("all", "any") or not isinstance(given[joined], list):
        errors[at] = [_("This must be a group: all, or any, with a list.")]
        return None
    if depth > MAX_DEPTH:
        errors[at] = [own_digits(_("Up to %(limit)d groups inside one another.") % {"limit": MAX_DEPTH})]
        return None
    if not 0 < len(given[joined]) <= MAX_CONDITIONS:
        errors[at] = [own_digits(_("From 1 to %(limit)d conditions.") % {"limit": MAX_CONDITIONS})]
        return None
    parts: list[Condition | Group | None] = []
    for index, part in enumerate(given[joined]):
        place = f"{at}.{joined}.{index}"
        if isinstance(part, dict) and "field" in part:
            parts.append(_condition(part, at=place, errors=errors))
        else:
            parts.append(_group(part, at=place, depth=depth + 1, errors=errors))
    return Group(joined, tuple(part for part in parts if part is not None))


def _condition(given: dict[str, Any], *, at: str, errors: dict[str, list[str]]) -> Condition | None:
    if set(given) != {"field", "op", "value"}:
        errors[at] = [_("A condition has a field, an op and a value.")]
        return None
    name, op = given["field"], given["op"]
    operations = FIELDS.get(name) if isinstance(name, str) else None
    if operations is None:
        errors[f"{at}.field"] = [_("Choose one of: %(codes)s.") % {"codes": ", ".join(FIELDS)}]
        return None
    if not isinstance(op, str) or op not in operations:
        errors[f"{at}.op"] = [_("Choose one of: %(codes)s.") % {"codes": ", ".join(operations)}]
        return None
    try:
        return Condition(name, op, operations[op](given["value"]))
    except _Wrong as wrong:
        errors[f"{at}.value"] = [str(wrong)]
        return None


def as_json(tree: Group) -> dict[str, Any]:
    """Return a tree as it is stored and told: what ``parse_filter`` reads."""
    return {
        tree.joined: [
            as_json(part)
            if isinstance(part, Group)
            else {"field": part.field, "op": part.op, "value": _plain(part.value)}
            for part in tree.parts
        ]
    }


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def conditions(tree: Group) -> Iterator[Condition]:
    """Yield every condition of a tree, from left to right."""
    for part in tree.parts:
        if isinstance(part, Group):
            yield from conditions(part)
        else:
            yield part


def mentions(tree: Group, field: str) -> bool:
    """Whether a condition of the tree is about a field."""
    return any(condition.field == field for condition in conditions(tree))


def named_ids(tree: Group, field: str) -> set[UUID]:
    """Return the ids that the conditions about a field name."""
    return {
        UUID(one)
        for condition in conditions(tree)
        if condition.field == field and isinstance(condition.value, tuple)
        for one in condition.value
        if one not in (ME, NONE)
    }
