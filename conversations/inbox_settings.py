"""What an inbox may be set to: every setting, its default, and what is refused. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from conversations.automatic_settings import DEFAULT as AUTOMATIC
from conversations.automatic_settings import checked_automatic, flag
from conversations.inbox_links import LinkShape, checked_links
from conversations.text import clean
from tenants.digits import own_digits
from tenants.errors import BadRequest
from tenants.hours_form import checked_hours

MAX_GREETING: Final = 500
MAX_DOMAINS: Final = 100
DEFAULTS: Final[dict[str, Any]] = {
    "colour": "#0f766e",
    "side": "end",
    "greetings": {},
    "title": {},
    "ask_identity": "optional",
    # What a site says of its visitors without a signature is: taken; taken and counted; refused.
    "identity": "off",
    "show_when_offline": True,
    "offline_form": True,
    "languages": [],
    "ask_language": False,
    "business_hours": None,
    "help_mode": "contact_first",
    # What Parley says by itself (``conversations.automatic_settings``).
    "automatic": AUTOMATIC,
    # What the home of the widget shows, by language.
    "announcement": {},
    "links": {},
}
# What the widget offers first, articles or the chat; ``help_only`` offers no chat.
HELP_MODES: Final = ("help_first", "equal", "contact_first", "help_only")
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_HOST: Final = re.compile(
    r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(:\d{1,5})?"
)


def with_defaults(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return all settings of an inbox: what is stored, and the default of what is not."""
    return {name: stored.get(name, default) for name, default in DEFAULTS.items()}


def checked_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings as they will be stored. Raises BadRequest naming ``settings.<name>``."""
    made: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, value in given.items():
        check = _CHECKS.get(name)
        if check is None:
            errors[f"settings.{name}"] = [_("There is no such setting.")]
            continue
        try:
            made[name] = check(value)
        except ValueError as error:
            errors[f"settings.{name}"] = [str(error)]
    if errors:
        raise BadRequest(errors=errors)
    return made


def checked_domains(given: list[str]) -> list[str]:
    """Return host names in lower case, each once, in order. Raises BadRequest."""
    made = list(dict.fromkeys(host.strip().lower() for host in given))
    if len(made) > MAX_DOMAINS or not all(len(host) <= 253 and _HOST.fullmatch(host) for host in made):
        raise BadRequest(errors={"allowed_domains": [_("Write host names like shop.example.com.")]})
    return made


def _colour(value: Any) -> str:
    made = str(value).lower()
    if not isinstance(value, str) or not _COLOUR.fullmatch(made):
        raise ValueError(_("Choose a colour like #0f766e."))
    return made


def _one_of(*choices: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise ValueError(_("Choose one of: %(codes)s.") % {"codes": ", ".join(choices)})
        return value

    return check


def _languages(value: Any) -> list[str]:
    known = [code for code, _name in settings.LANGUAGES]
    if not isinstance(value, list) or not all(isinstance(code, str) and code in known for code in value):
        raise ValueError(_("Choose one of: %(codes)s.") % {"codes": ", ".join(known)})
    return list(dict.fromkeys(value))


def _texts(value: Any) -> dict[str, str]:
    """Text by language."""
    known = [code for code, _name in settings.LANGUAGES]
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValueError(_("This must be an object of texts by language."))
    if not set(value) <= set(known):
        raise ValueError(_("Choose one of: %(codes)s.") % {"codes": ", ".join(known)})
    made = {code: clean(text) for code, text in value.items()}
    if any(len(text) > MAX_GREETING for text in made.values()):
        raise ValueError(own_digits(_("Up to %(limit)d characters.") % {"limit": MAX_GREETING}))
    return {code: text for code, text in made.items() if text}


def _links(value: Any) -> dict[str, list[LinkShape]]:
    """Links by language."""
    known = [code for code, _name in settings.LANGUAGES]
    if not isinstance(value, dict):
        raise ValueError(_("This must be an object of links by language."))  # noqa: TRY004  said to a person
    if not set(value) <= set(known):
        raise ValueError(_("Choose one of: %(codes)s.") % {"codes": ", ".join(known)})
    made = {code: checked_links(links) for code, links in value.items()}
    return {code: links for code, links in made.items() if links}


_CHECKS: Final[dict[str, Callable[[Any], Any]]] = {
    "colour": _colour,
    "side": _one_of("end", "start"),
    "greetings": _texts,
    "title": _texts,
    "ask_identity": _one_of("off", "optional", "required"),
    "identity": _one_of("off", "warn", "on"),
    "show_when_offline": flag,
    "offline_form": flag,
    "languages": _languages,
    "ask_language": flag,
    "help_mode": _one_of(*HELP_MODES),
    "automatic": lambda value: checked_automatic(value, texts=_texts),
    "announcement": _texts,
    "links": _links,
    "business_hours": lambda value: None if value is None else checked_hours(value),
}
