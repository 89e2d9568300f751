"""What a page shows of the conversations it follows: list columns, read marks, unread counts.

The rules are those of static/shared/reduce.ts, amend.ts and amend_row.ts: a row fetched fresh replaces an older one, a
recorded event changes the row when its turn has come, unrecorded ones whenever they are heard.
"""

from typing import Any

Row = dict[str, Any]
# What is compared, by audience. Of what is not here no page is told by events of this run.
SHOWN = {
    "operators": (
        "status",
        "operator",
        "unread_count",
        "waiting_since",
        "last_activity_at",
        "resolved_at",
        "last_text",
        "contact_read_position",
    ),
    "contact": (
        "status",
        "operator",
        "unread_count",
        "last_text",
        "read_position",
        "operators_seen_position",
    ),
}
STATUS = {
    "conversation.resolved": "resolved",
    "conversation.reopened": "open",
    "conversation.marked_pending": "pending",
    "conversation.snoozed": "snoozed",
}


class Screen:
    """The rows of one page, for one audience."""

    def __init__(self, audience: str) -> None:
        self.audience = audience
        self.rows: dict[str, Row] = {}
        # By conversation and position, whether the contact wrote it: what an unread count is made of.
        self._written: dict[str, dict[int, bool]] = {}

    def shown(self, conversation: str) -> Row:
        """Return what there is to see of a conversation; nothing before the page has its row."""
        row = self.rows.get(conversation)
        return {name: row[name] for name in SHOWN[self.audience]} if row else {}

    def put(self, fresh: dict[str, Any]) -> None:
        """Take a conversation as the server's answers hold it. An older copy than the one held changes nothing."""
        held = self.rows.get(fresh["id"])
        if held is None or held["position"] <= fresh["position"]:
            operator, message = fresh["operator"], fresh["last_message"]
            # Operators know their colleagues by id, contacts by name.
            key = "id" if self.audience == "operators" else "name"
            self.rows[fresh["id"]] = (
                fresh
                | {
                    "operator": operator[key] if operator else None,
                    "last_text": message["text"] if message else "",
                }
                | _further(held, fresh)
            )

    def apply(self, conversation: str, event: dict[str, Any]) -> None:
        """Take a recorded event whose turn has come."""
        message = event.get("message")
        is_reply = message is not None and message["kind"] == "reply"
        if message is not None and is_reply:
            by_contact = message["author"]["kind"] == "contact"
            self._written.setdefault(conversation, {})[event["position"]] = by_contact
        row = self.rows.get(conversation)
        if row is None or event["position"] != row["position"] + 1:
            return
        if message is not None and is_reply:
            self._say(row, message)
        elif self.audience == "operators" and event["type"] == "note.created":
            row["last_activity_at"] = event["message"]["created_at"]
        elif event["type"] == "conversation.assigned":
            known = "operator_id" if self.audience == "operators" else "operator_name"
            row["operator"] = event[known] if event["operator_id"] else None
        elif event["type"] in STATUS:
            self._move(row, event)
        row["position"] = event["position"]

    def hear(self, event: dict[str, Any]) -> bool:
        """Take an event without a place in the order. Returns whether the row must be fetched afresh."""
        row = self.rows.get(event.get("conversation_id", ""))
        if row is None:
            return False
        if event["type"] == "unread.changed":
            if row["position"] != event["head"]:
                return True
            row["unread_count"] = event["unread_count"]
        elif event["type"] == "read.changed":
            self._read(row, event["audience"], event["position"])
        return False

    def _say(self, row: Row, message: dict[str, Any]) -> None:
        by_contact, is_operators = message["author"]["kind"] == "contact", self.audience == "operators"
        row["last_text"] = summary(message["text"])
        row["unread_count"] = row["unread_count"] + 1 if by_contact == is_operators else 0
        if is_operators:
            row["last_activity_at"] = message["created_at"]
            row["waiting_since"] = (row["waiting_since"] or message["created_at"]) if by_contact else None
            if by_contact:
                row["contact_read_position"] = message["contact_position"]
        else:
            row["read_position" if by_contact else "operators_seen_position"] = message["position"]

    def _move(self, row: Row, event: dict[str, Any]) -> None:
        row["status"] = STATUS[event["type"]]
        if self.audience == "operators":
            row["resolved_at"] = None
            if row["status"] == "resolved":
                row["waiting_since"] = None
                row["resolved_at"] = row["last_activity_at"] = event["line"]["created_at"]

    def _read(self, row: Row, audience: str, position: int) -> None:
        if self.audience == "operators":
            row["contact_read_position"] = max(row["contact_read_position"], position)
        elif audience == "operators":
            row["operators_seen_position"] = max(row["operators_seen_position"], position)
        elif row["read_position"] < position:
            row["read_position"] = position
            written = self._written.get(row["id"], {})
            later = sum(1 for at, by_contact in written.items() if at > position and not by_contact)
            row["unread_count"] = 0 if position >= row["position"] else later


def summary(text: str) -> str:
    """Return the beginning of a text as rows show it."""
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159].rstrip() + "…"


def _further(held: Row | None, fresh: Row) -> Row:
    """Return the marks of a row held that are further than those of a copy, and what is counted from them."""
    names = [name for name in fresh if name.endswith("_position") and held and held[name] > fresh[name]]
    if held is not None and "read_position" in names:
        names.append("unread_count")
    return {name: held[name] for name in names} if held else {}
