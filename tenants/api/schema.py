"""The OpenAPI document: what the operations tell, and what is the same for all of them."""

import inspect
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator

from tenants.api.fields import Body
from tenants.api.shape_schema import components
from tenants.errors import DomainError
from tenants.permissions import Permission

METHODS: Final = ("get", "post", "put", "patch", "delete")
CHAPTERS: Final = {
    "Conversations": "The threads, and what is done to them.",
    "Messages": "What is said in a conversation, and what happens to it.",
    "Contacts": "The people who ask.",
    "Search": "Everything that was ever said, in any alphabet.",
    "Blocks": "Who is kept out: contacts, their addresses, networks.",
    "Attachments": "Files of messages.",
    "Inboxes": "The entrances: each widget and each address.",
    "Tags": "How conversations are sorted.",
    "Views": "Lists that somebody made by conditions of their own, for themselves or for everybody.",
    "Canned replies": "Answers kept at hand.",
    "Macros": "Several things done to a conversation at once.",
    "Articles": "The knowledge base: what visitors can read for themselves, in each language.",
    "Ratings": "How it went, in the contacts' words.",
    "Reports": "The figures of the report pages.",
    "Operators": "The people who answer, and who is invited.",
    "Teams": "Who answers what together, and how its conversations find an operator.",
    "Notifications": "What an operator was told: that somebody mentions, invites or hands over to them.",
    "Offers": "Conversations that a team offers to its operators, one after another.",
    "Who asks": "The session or the key.",
    "Settings": "What the business decided for itself.",
    "API keys": "Keys for programs.",
    "Audit trail": "Who changed what.",
}
ABOUT: Final = """\
Everything the inbox does, programs can do too.

**Keys.** Send `Authorization: Bearer parley_...`. A key has permissions, each named with the operations that take it;
what it lacks is refused with 403. What belongs to somebody else is not found: 404.

**Bodies** are JSON in UTF-8, up to 1 MB. Unknown fields and parameters are refused by their name.
Times are RFC 3339 with an offset; we answer in UTC. New fields may appear in answers at any time: ignore what you do
not know.

**Lists** come in pages: `next` is the `cursor` of the following one, null at the end.

**Errors** are problem documents (RFC 9457). Decide by `code`, show `detail`, put `errors` beside the fields.

**Repeating.** Send an `Idempotency-Key` with a POST, and send it again as often as you must: it is done once.

**Limits.** `RateLimit-Limit`, `-Remaining` and `-Reset` stand on every answer; after 429 wait `Retry-After` seconds.
"""


@cache
def openapi() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of /api/v1/. It is the same for everybody, and made once."""
    generator: Any = SchemaGenerator
    document: dict[str, Any] = generator().get_schema(request=None, public=True)
    return document


def finish(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001  the hook's signature
    """Add to what drf-spectacular found: shapes, problems, ways to log in, headers, chapters."""
    result["info"] |= {"description": ABOUT, "license": {"name": "MIT", "identifier": "MIT"}}
    result["servers"] = [{"url": settings.PARLEY_ORIGIN}]
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    strict = {body.__name__ for body in _subclasses(Body)}
    for name, schema in schemas.items():
        if name in strict:
            schema["additionalProperties"] = False
        if schema.get("description") == inspect.cleandoc(Body.__doc__ or ""):
            del schema["description"]
    schemas |= components()
    schemas["Problem"] = _problem()
    result["components"] |= {
        "schemas": dict(sorted(schemas.items())),
        "securitySchemes": _security_schemes(),
        "headers": _headers(),
    }
    result["security"] = [{"key": []}, {"session": []}]
    for operation in operations(result):
        operation.pop("security", None)
        for status, response in operation["responses"].items():
            response["headers"] = _headers_of(status)
    used = {tag for operation in operations(result) for tag in operation["tags"]}
    result["tags"] = [
        {"name": name, "description": about} for name, about in CHAPTERS.items() if name in used
    ]
    _drop(result, "x-spec-enum-id")
    if unknown := used - CHAPTERS.keys():
        raise ValueError(f"chapters without a description: {sorted(unknown)}")
    return result


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every operation of a document."""
    for path in document["paths"].values():
        yield from (path[method] for method in METHODS if method in path)


def _drop(value: Any, name: str) -> None:
    """Take a key out of every object of a document."""
    if isinstance(value, dict):
        value.pop(name, None)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _drop(inner, name)


def _subclasses(kind: type[Body]) -> Iterator[type[Body]]:
    for below in kind.__subclasses__():
        yield below
        yield from _subclasses(below)


def _codes() -> list[str]:
    return sorted({kind.code for kind in DomainError.__subclasses__()})


def _problem() -> dict[str, Any]:
    """RFC 9457, section 3.1."""
    return {
        "type": "object",
        "description": "Why something was refused (RFC 9457).",
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "For people, in the language they asked in."},
            "code": {"type": "string", "description": "For programs.", "examples": _codes()},
            "errors": {
                "type": "object",
                "description": "What is wrong, by field; `a.b` is field b of a.",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
            "retry_after": {"type": "number", "description": "Seconds to wait."},
        },
        "required": ["type", "title", "status", "detail", "code"],
        "examples": [
            {
                "type": "about:blank",
                "title": "The request is not valid.",
                "status": 400,
                "detail": "The request is not valid.",
                "code": "bad_request",
                "errors": {"text": ["Write something, or attach a file."]},
            }
        ],
    }


def _security_schemes() -> dict[str, Any]:
    scopes = ", ".join(f"`{permission}`" for permission in Permission)
    return {
        "key": {
            "type": "http",
            "scheme": "bearer",
            "description": f"An API key, made in the settings or over the API. Its permissions are some of {scopes}.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session of a logged-in operator. Writing needs the CSRF token in `X-CSRFToken`.",
        },
    }


def _headers() -> dict[str, Any]:
    def header(description: str) -> dict[str, Any]:
        return {"description": description, "schema": {"type": "integer"}}

    return {
        "RateLimit-Limit": header("How many requests fit at once."),
        "RateLimit-Remaining": header("How many are left now."),
        "RateLimit-Reset": header("Seconds until all are there again."),
        "Retry-After": header("Seconds to wait."),
        "WWW-Authenticate": {"description": "Bearer", "schema": {"type": "string"}},
        "Idempotency-Replayed": {
            "description": "`true` when this answers a request that was answered before.",
            "schema": {"type": "string"},
        },
    }


def _headers_of(status: str) -> dict[str, Any]:
    if status == "401":
        return {"WWW-Authenticate": {"$ref": "#/components/headers/WWW-Authenticate"}}
    names = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]
    if status == "429":
        names.append("Retry-After")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
