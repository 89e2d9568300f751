"""What the second half of the panel asks and offers, described: it comes with the session, in the panel's language.

Texts and drawings that stand here need not travel with every panel, whose bytes are counted.
"""

from typing import Any, Final, Literal

from babel.units import format_unit
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conversations.drafts import MAX_ATTACHMENTS
from conversations.files import MAX_FILE, MAX_IMAGE
from conversations.inboxes.widget.described import Node
from tenants.digits import own_digits

# Drawn, because not every system has the emoji: mouths from very bad to very good.
MOUTHS: Final = (
    "M7.5 17c2-4 7-4 9 0",
    "M8 16.5c2-2 6-2 8 0",
    "M8 15.5h8",
    "M8 14.5c2 2.5 6 2.5 8 0",
    "M7 13.5h10c-1 5-9 5-10 0",
)
# Languages of the Arabic script.
RIGHT_TO_LEFT: Final = ("ar", "fa")
FACE: Final = "M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19M9 9v1m6-1v1"
BELL: Final = "M18 15V10a6 6 0 0 0-12 0v5l-2 3h16zm-8 6h4"
SAVE: Final = "M12 4v11m-5-4 5 5 5-5M5 20h14"
PLUS: Final = "M12 5v14M5 12h14"
GLOBE: Final = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c5 5 5 13 0 18-5-5-5-13 0-18"
LEAVE: Final = "M14 4h5v16h-5M10 8l-4 4 4 4m-4-4h9"


def forms(*, languages: list[str], asks_language: bool) -> dict[str, list[Node]]:
    """Return the forms by their names, in the active language.

    ``languages``: the codes of those on offer; ``asks_language``: the first thing asked is which.
    """
    return {
        **_identity(),
        **_rating(),
        **_menu(),
        **_problems(),
        **_languages(languages, asks_language=asks_language),
    }


def _identity() -> dict[str, list[Node]]:
    """Who is writing: before the first message (``away``, ``first``) or after it."""
    first = _fields(is_required=True)
    answers: Node = [
        "p",
        {"class": "row"},
        ["button", {"type": "submit", "class": "main"}, _("Save")],
        ["button", {"act": ["decline"]}, _("Not now")],
    ]
    return {
        "away": [
            ["h2", {}, _("We are away at the moment")],
            ["p", {}, _("Leave a message: we reply by e-mail.")],
            first,
        ],
        "first": [["h2", {}, _("Who are we talking to?")], first],
        "after": [["h2", {}, _("Where can we reach you if you leave?")], _fields(is_required=False), answers],
        "saved": [_("Thank you. If you leave, we write to you.")],
    }


def _rating() -> dict[str, list[Node]]:
    """How it went: ``rating``, then ``comment``, then ``rated``."""
    names = (_("Terrible"), _("Bad"), _("Okay"), _("Good"), _("Great"))
    faces: list[Node] = [
        [
            "button",
            {"act": ["rate", score], "on": ["score", score], "aria-label": name, "title": name},
            _icon(FACE + mouth),
        ]
        for score, (name, mouth) in enumerate(zip(names, MOUTHS, strict=True), 1)
    ]
    words: Node = ["textarea", {"name": "comment", "dir": "auto", "rows": 2, "maxLength": 1000}]
    send: Node = ["button", {"type": "submit", "class": "main"}, _("Send")]
    return {
        "rating": [
            ["h2", {"id": "ask"}, _("How was this conversation?")],
            ["div", {"class": "faces", "role": "group", "aria-labelledby": "ask"}, *faces],
        ],
        "comment": [["label", {}, _("What made it so? (optional)"), words], ["p", {"class": "row"}, send]],
        "rated": [["h2", {}, _("Thank you for your rating!")]],
        "again": [["p", {"class": "row"}, ["button", {"act": ["new"]}, _("New conversation")]]],
    }


def _menu() -> dict[str, list[Node]]:
    """What one does rarely. Ending is asked about before it is done."""
    ending = _("End this conversation?")
    return {
        "sound": [["button", {"act": ["sound"], "on": ["sound"]}, _icon(BELL), _("Sound")]],
        "save": [["button", {"act": ["save"]}, _icon(SAVE), _("Save a copy")]],
        "new": [["button", {"act": ["new"]}, _icon(PLUS), _("New conversation")]],
        "language": [_icon(GLOBE), ["span", {"class": "hidden"}, _("Language")]],
        "leave": [["button", {"act": ["leave"]}, _icon(LEAVE), _("End conversation")]],
        "ending": [
            [
                "div",
                {"class": "confirm", "role": "alertdialog", "aria-label": ending},
                ["p", {}, ending],
                [
                    "div",
                    {"class": "row"},
                    ["button", {"act": ["end"], "class": "main"}, _("End it")],
                    ["button", {"act": ["stay"]}, _("Go on")],
                ],
            ]
        ],
    }


def _problems() -> dict[str, list[Node]]:
    """Why something was refused, by the code of the error; what it says of sizes is what the panel is told."""
    sizes = {"file": _megabytes(MAX_FILE), "image": _megabytes(MAX_IMAGE)}
    return {
        "too_large": [_("Too large: files may have %(file)s, pictures %(image)s.") % sizes],
        "too_many_files": [_("Up to %(n)s files at once.") % {"n": own_digits(MAX_ATTACHMENTS)}],
        "unsupported_file": [_("Files of this kind are not accepted.")],
        "bad_email": [_("Please enter a valid e-mail address.")],
        "too_many_requests": [_("That was a lot at once. Please wait a moment.")],
        "not_found": [_("This conversation cannot be continued.")],
        "expired": [_("This link has expired.")],
    }


def _megabytes(size: int) -> str:
    language = get_language() or "en"
    # In the Arabic script "MB" would stand on the wrong side of its number.
    length: Literal["long", "short"] = "long" if language in RIGHT_TO_LEFT else "short"
    return own_digits(format_unit(size // 2**20, "digital-megabyte", length=length, locale=language))


def _languages(codes: list[str], *, asks_language: bool) -> dict[str, list[Node]]:
    """The languages on offer, for the menu (``options``) and to be chosen at first; nothing where there is one."""
    if len(codes) < 2:
        return {}
    names, spoken = dict(settings.LANGUAGES), get_language()
    options: list[Node] = [
        ["option", {"value": code, "lang": code, "selected": code == spoken}, names[code]] for code in codes
    ]
    if not asks_language:
        return {"options": options}

    def choice(code: str) -> Node:
        chosen = {"aria-pressed": "true", "type": "button"}
        return [
            "button",
            {"lang": code, **(chosen if code == spoken else {"act": ["speak", code]})},
            names[code],
        ]

    return {"options": options, "languages": [["p", {"class": "row languages"}, *map(choice, codes)]]}


def _fields(*, is_required: bool) -> Node:
    name = {"name": "name", "type": "text", "dir": "auto", "maxLength": 100}
    email = {"name": "email", "type": "email", "dir": "ltr", "maxLength": 254, "aria-required": is_required}
    return ["div", {"class": "fields"}, _field(_("Your name"), name), _field(_("E-mail"), email)]


def _field(label: str, properties: dict[str, Any]) -> Node:
    return ["label", {}, label, ["input", {**properties, "autocomplete": properties["name"]}]]


def _icon(path: str) -> Node:
    return ["svg", {"viewBox": "0 0 24 24", "aria-hidden": "true", "class": "icon"}, ["path", {"d": path}]]
