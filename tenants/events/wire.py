"""What goes over the wire: an event as a frame for one audience."""

from typing import Any

from tenants.events.registry import Audience
from tenants.scoping import TenantId
from tenants.signing import file_path

# Fields of an event that hold a message: they take the position of the frame.
MESSAGE_FIELDS = ("message", "line")


def frame(
    *,
    type: str,
    body: dict[str, Any],
    audience: Audience,
    tenant_id: TenantId,
    operators_position: int | None,
    contact_position: int | None,
) -> dict[str, Any]:
    """Return the frame one audience sees: type, its own position, the body, fresh links to its files.

    A contact's frame carries the contact's positions only, so that a private note leaves no hole
    and no hint.
    """
    is_contact = audience is Audience.CONTACT
    position = contact_position if is_contact else operators_position
    made: dict[str, Any] = {"type": type, "position": position, **body}
    for name in MESSAGE_FIELDS:
        message = made.get(name)
        if not isinstance(message, dict):
            continue
        placed = {**message, "position": position}
        if not is_contact:
            placed["contact_position"] = contact_position
        placed["attachments"] = [
            {**attachment, "url": file_path(tenant_id=tenant_id, attachment_id=attachment["id"])}
            for attachment in message["attachments"]
        ]
        made[name] = placed
    if is_contact:
        made.pop("row", None)
    return made
