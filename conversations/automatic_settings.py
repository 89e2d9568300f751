"""What an inbox may be set to say by itself: the setting ``automatic``, its default, and its standard texts. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.digits import own_digits

MAX_STEPS: Final = 5
SECONDS: Final = (5, 3600)
MINUTES: Final = (1, 1440)
DAYS: Final = (1, 365)
MAX_TAGS: Final = 50
SILENCE_TEXTS: Final = ("ask", "warn", "close")
DEFAULT: Final[dict[str, Any]] = {
    "away": {"is_on": False, "texts": {}},
    "busy": {"is_on": False, "texts": {}},
    "waiting": {"is_on": False, "steps": [{"seconds": 30, "texts": {}}, {"seconds": 120, "texts": {}}]},
    "silence": {
        "is_on": False,
        "ask": 5,
        "warn": 10,
        "close": 20,
        "days": 7,
        "skip_tags": [],
        "texts": {"ask": {}, "warn": {}, "close": {}},
    },
}
STANDARD: Final[dict[str, Any]] = {
    "away": gettext_lazy(
        "Thank you for writing. Nobody is here right now; we answer as soon as we are back."
    ),
    "busy": gettext_lazy(
        "Everybody is talking to somebody else right now. We answer in the order in which people wrote."
    ),
    "waiting": gettext_lazy("Thank you for waiting. Somebody will be with you in a moment."),
    "waiting again": gettext_lazy(
        "We are sorry that it takes longer. You need not stay: what you wrote is kept, and we answer it."
    ),
    "ask": gettext_lazy("Are you still there? Is there anything else that we can do for you?"),
    "warn": gettext_lazy(
        "We have not heard from you for a while. This chat ends in a few minutes; write to keep it open."
    ),
    "close": gettext_lazy("This chat has ended because it was quiet. You can write again at any time."),
}

Texts = Callable[[Any], dict[str, str]]


def standard_text(name: str, *, language: str) -> str:
    """Return what is said where an inbox has no text of its own. ``name`` as in ``automatic_rules.Plan.say``."""
    kind, _line, number = name.partition("_")
    with translation.override(language):
        return str(STANDARD["waiting again" if kind == "waiting" and number != "0" else kind])


def own_texts(automatic: Mapping[str, Any], name: str) -> Mapping[str, str]:
    """Return the texts that an inbox has of its own for what ``name`` says, by language."""
    kind, _line, number = name.partition("_")
    found: Mapping[str, str]
    if kind == "waiting":
        found = automatic["waiting"]["steps"][int(number)]["texts"]
    elif kind in SILENCE_TEXTS:
        found = automatic["silence"]["texts"][kind]
    else:
        found = automatic[kind]["texts"]
    return found


def checked_automatic(value: Any, *, texts: Texts) -> dict[str, Any]:
    """Return the setting as it will be stored, whole. ``texts`` checks texts by language. Raises ValueError."""
    given = _fields(value, DEFAULT)
    away, busy = (_fields(given[name], DEFAULT[name]) for name in ("away", "busy"))
    waiting, silence = (_fields(given[name], DEFAULT[name]) for name in ("waiting", "silence"))
    ask, warn, close = (_number(silence[name], MINUTES) for name in SILENCE_TEXTS)
    if not ask < warn < close:
        raise ValueError(_("The question comes first, then the warning, then the end."))
    said = _fields(silence["texts"], DEFAULT["silence"]["texts"])
    return {
        "away": {"is_on": flag(away["is_on"]), "texts": texts(away["texts"])},
        "busy": {"is_on": flag(busy["is_on"]), "texts": texts(busy["texts"])},
        "waiting": {"is_on": flag(waiting["is_on"]), "steps": _steps(waiting["steps"], texts)},
        "silence": {
            "is_on": flag(silence["is_on"]),
            "ask": ask,
            "warn": warn,
            "close": close,
            "days": _number(silence["days"], DAYS),
            "skip_tags": _tags(silence["skip_tags"]),
            "texts": {name: texts(said[name]) for name in SILENCE_TEXTS},
        },
    }


def _fields(value: Any, default: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(value, dict) or not set(value) <= set(default):
        raise ValueError(_("This may have: %(names)s.") % {"names": ", ".join(default)})
    return {**default, **value}


def _steps(value: Any, texts: Texts) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > MAX_STEPS:
        raise ValueError(own_digits(_("Up to %(limit)d texts for those who wait.") % {"limit": MAX_STEPS}))
    steps = [_fields(step, {"seconds": 30, "texts": {}}) for step in value]
    moments = [_number(step["seconds"], SECONDS) for step in steps]
    if moments != sorted(set(moments)):
        raise ValueError(_("Each text for those who wait comes later than the one before."))
    said = [texts(step["texts"]) for step in steps]
    return [{"seconds": moment, "texts": text} for moment, text in zip(moments, said, strict=True)]


def _number(value: Any, limits: tuple[int, int]) -> int:
    if type(value) is not int or not limits[0] <= value <= limits[1]:
        raise ValueError(
            own_digits(
                _("A whole number from %(least)d to %(most)d.") % {"least": limits[0], "most": limits[1]}
            )
        )
    return value


def flag(value: Any) -> bool:
    """Return a yes or no. Raises ValueError for anything else."""
    if value is not True and value is not False:
        raise ValueError(_("This must be true or false."))
    return bool(value)


def _tags(value: Any) -> list[str]:
    try:
        made = [str(UUID(one)) for one in value]
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError(_("This must be a list of UUIDs.")) from error
    if len(made) > MAX_TAGS:
        raise ValueError(own_digits(_("At most %(limit)d tags.") % {"limit": MAX_TAGS}))
    return list(dict.fromkeys(made))
