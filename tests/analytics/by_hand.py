"""The figures once more, by hand: from the messages, ratings and status events themselves.

It shares nothing with the projections but the definitions, and looks at one conversation at a time.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from conversations.models import Conversation, Message, Rating
from tenants.models import EventRecord

CLOSED = "conversation.resolved"
OPENED = ("conversation.reopened", "conversation.snoozed", "conversation.marked_pending")


def recount() -> dict[str, Any]:
    """Return counts, and durations in milliseconds (sorted), of the tenant in scope."""
    counts: Counter[str] = Counter()
    durations: dict[str, list[int]] = {
        name: [] for name in ("first_response", "reply_time", "first_resolution", "last_resolution")
    }
    for conversation in Conversation.objects.filter(is_spam=False):
        _one(conversation, counts, durations)
    return {
        "counts": dict(counts),
        "durations": {name: sorted(values) for name, values in durations.items()},
    }


def _ms(start: datetime, end: datetime) -> int:
    return (end - start) // timedelta(milliseconds=1)


def _one(conversation: Conversation, counts: Counter[str], durations: dict[str, list[int]]) -> None:
    replies = list(
        Message.objects.filter(conversation=conversation, kind="reply").order_by("operators_position")
    )
    asked = [message for message in replies if message.author_kind == "contact"]
    answers = [message for message in replies if message.author_kind == "operator"]
    counts["taken"] += len({message.author_id for message in answers})
    ratings = Rating.objects.filter(conversation=conversation)
    counts["asked"] += ratings.count()
    counts["rated"] += ratings.filter(score__isnull=False).count()
    if not asked:
        return
    counts["new"] += 1
    first = asked[0]
    if answers and answers[0].operators_position > first.operators_position:
        durations["first_response"].append(_ms(first.created_at, answers[0].created_at))
    _turns(conversation, replies, durations["reply_time"])
    _closings(conversation, first, counts, durations)


def _turns(conversation: Conversation, replies: list[Message], found: list[int]) -> None:
    closings = EventRecord.objects.filter(conversation_id=conversation.pk, type=CLOSED)
    stops = sorted(position or 0 for position in closings.values_list("operators_position", flat=True))
    for index, message in enumerate(replies):
        if message.author_kind != "contact":
            continue
        before = [one for one in replies[:index] if one.author_kind in ("contact", "operator")]
        begins = _is_turn_start(message, before[-1] if before else None, stops)
        following = [one for one in replies[index:] if one.author_kind == "operator"]
        if begins and following and not _between(stops, message, following[0]):
            found.append(_ms(message.created_at, following[0].created_at))


def _is_turn_start(message: Message, before: Message | None, stops: list[int]) -> bool:
    return before is None or before.author_kind == "operator" or _between(stops, before, message)


def _between(stops: list[int], first: Message, second: Message) -> bool:
    return any(first.operators_position < stop < second.operators_position for stop in stops)


def _closings(
    conversation: Conversation,
    first: Message,
    counts: Counter[str],
    durations: dict[str, list[int]],
) -> None:
    events = EventRecord.objects.filter(conversation_id=conversation.pk, type__in=(CLOSED, *OPENED)).order_by(
        "operators_position"
    )
    is_closed, resolutions = False, []
    for event in events:
        if event.type == CLOSED:
            is_closed = True
            if (event.operators_position or 0) > first.operators_position:
                resolutions.append(event.created_at)
        elif is_closed:
            is_closed = False
            counts["reopened"] += bool(resolutions)
    counts["resolved"] += len(resolutions)
    counts["open"] += conversation.status != Conversation.Status.RESOLVED
    if resolutions:
        durations["first_resolution"].append(_ms(first.created_at, resolutions[0]))
        durations["last_resolution"].append(_ms(first.created_at, resolutions[-1]))
