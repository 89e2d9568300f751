"""Examples made from schemas, so that none can grow old."""

from typing import Any, Final

# What a field of this name usually says. Each fits every schema that has such a field.
BY_NAME: Final[dict[str, Any]] = {
    "assignee": "me",
    "attributes": {"plan": "pro"},
    "business_hours": {
        "time_zone": None,
        "always": False,
        "weekly": {"mon": [["09:00", "17:00"]]},
        "holidays": [],
    },
    "colour": "#0f766e",
    "comment": "Quick and kind.",
    "content_type": "image/png",
    "country": "LT",
    "cursor": "WyIyMDI2LTExLTIxVDA5OjMwOjAwWiIsIjAxYTIiXQ",
    "email": "vera@shop.example",
    "external_id": "customer-1042",
    "language": "en",
    "name": "Alice",
    "next": None,
    "page_title": "Delivery",
    "page_url": "https://shop.example/delivery",
    "permissions": ["conversations:read", "messages:write"],
    "phone": "+370 600 00000",
    "prefix": "parley_4b1c0de5a9f3",
    "q": "parcel",
    "referrer": "",
    "shortcut": "shipping",
    "subject": "",
    "tag": "parcel",
    "text": "Your parcel left this morning.",
    "time_zone": "Europe/Vilnius",
    "title": "Where a parcel is",
    "token": "parley_4b1c0de5a9f3_...",
    "url": "/files/01a20c4e-8f00-7000-8000-00000000000f?s=...",
    "user_agent": "Mozilla/5.0",
}
# By the name of the object they stand in, too.
BY_PLACE: Final[dict[str, str]] = {
    "RowContact.name": "Vera Stone",
    "Contact.name": "Vera Stone",
    "ContactFields.name": "Vera Stone",
    "Tag.name": "parcel",
    "CreateTag.name": "parcel",
    "Team.name": "Delivery",
    "CreateTeam.name": "Delivery",
    "Inbox.name": "Website",
    "CreateInbox.name": "Website",
    "Operator.name": "Alice",
    "RowOperator.name": "Alice",
    "Author.kind": "operator",
    "Author.name": "Alice",
    "Me.name": "Alice",
    "Settings.name": "Demo shop",
    "ApiKey.name": "Order system",
    "IssuedApiKey.name": "Order system",
    "CreateApiKey.name": "Order system",
    "Attachment.name": "label.png",
    "Operator.email": "alice@shop.example",
    "Invite.email": "bob@shop.example",
    "AuditEntry.actor": "operator:01a20c4e-8f00-7000-8000-000000000002",
    "AuditEntry.actor_name": "Alice",
    "AuditEntry.action": "settings.changed",
    "AuditEntry.target": "tenant:01a20c4e-8f00-7000-8000-000000000001",
    "Line.code": "resolved",
}
AN_ID: Final = "01a20c4e-8f00-7000-8000-00000000000a"
A_MOMENT: Final = "2026-11-21T09:30:00.000000Z"
PREFIX: Final = "#/components/schemas/"


def example(schema: dict[str, Any], schemas: dict[str, Any], *, place: str = "", name: str = "") -> Any:
    """Return a JSON value that fits a schema. ``place``: the component the field ``name`` stands in."""
    if "$ref" in schema:
        place = schema["$ref"].removeprefix(PREFIX)
        return example(schemas[place], schemas, place=place)
    if (told := BY_PLACE.get(f"{place}.{name}", BY_NAME.get(name))) is not None or name == "next":
        return told
    if "enum" in schema:
        return schema["enum"][0]
    if inner := schema.get("anyOf") or schema.get("allOf") or schema.get("oneOf"):
        return example(inner[0], schemas, place=place, name=name)
    kind = schema.get("type", "object")
    return _plain(kind[0] if isinstance(kind, list) else kind, schema, schemas, place=place, name=name)


def _plain(kind: str, schema: dict[str, Any], schemas: dict[str, Any], *, place: str, name: str) -> Any:
    match kind:
        case "object":
            fields = schema.get("properties", {})
            return {key: example(inner, schemas, place=place, name=key) for key, inner in fields.items()}
        case "array":
            return [example(schema["items"], schemas, place=place, name="")]
        case "integer" | "number":
            return max(schema.get("minimum", 1), min(1, schema.get("maximum", 1)))
        case "boolean":
            return bool(schema.get("default", False))
        case "null":
            return None
    by_format = {"uuid": AN_ID, "date-time": A_MOMENT, "date": A_MOMENT[:10], "binary": "@label.png"}
    return by_format.get(schema.get("format", ""), schema.get("default", name.replace("_", " ")))
