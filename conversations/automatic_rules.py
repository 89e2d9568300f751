"""What Parley says by itself in a conversation, and when: while somebody waits, and when they fall silent. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

# A waiting text later than this after its moment is no use any more: Parley was down, or somebody was there and left.
STALE: Final = timedelta(seconds=60)
# So long after somebody began to wait it is still news to them that nobody is there, or that all are busy.
NEWS: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How long after the last answer a chat is asked, warned and ended; and ended when its visitor has left."""

    ask: timedelta
    warn: timedelta
    close: timedelta
    close_when_gone: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """What an inbox says by itself. ``waiting``: after how long, in order."""

    away: bool
    busy: bool
    waiting: Sequence[timedelta]
    silence: Silence | None

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Automatic":
        """Read an inbox's setting ``automatic`` (see ``conversations.automatic_settings``)."""
        steps, silence = stored["waiting"], stored["silence"]
        return cls(
            away=stored["away"]["is_on"],
            busy=stored["busy"]["is_on"],
            waiting=[timedelta(seconds=step["seconds"]) for step in steps["steps"]] if steps["is_on"] else [],
            silence=Silence(
                ask=timedelta(minutes=silence["ask"]),
                warn=timedelta(minutes=silence["warn"]),
                close=timedelta(minutes=silence["close"]),
                close_when_gone=timedelta(days=silence["days"]),
            )
            if silence["is_on"]
            else None,
        )

    @property
    def is_silent(self) -> bool:
        """Tell whether it never says anything."""
        return not (self.away or self.busy or self.waiting or self.silence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A conversation at a moment. Either its contact waits, or it is their turn, or neither.

    ``said`` holds what was said by itself since, by name, and when.
    """

    at: datetime
    waiting_since: datetime | None = None
    answered_at: datetime | None = None
    is_anybody_here: bool = True
    is_everybody_busy: bool = False
    is_contact_here: bool = True
    said: Mapping[str, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do now, and when to look again. ``say`` names a text: away, busy, waiting_N, ask, warn or close."""

    say: str | None = None
    ends: bool = False
    next_at: datetime | None = None


def plan(rules: Automatic, now: Situation) -> Plan:
    """Return what is due."""
    if now.waiting_since is not None:
        return _while_waiting(rules, now, now.waiting_since)
    if now.answered_at is not None and rules.silence is not None:
        return _while_silent(rules.silence, now, now.answered_at)
    return Plan()


def _while_waiting(rules: Automatic, now: Situation, since: datetime) -> Plan:
    moments = [since + step for step in rules.waiting]
    next_at = min((moment for moment in moments if moment > now.at), default=None)
    is_news = now.at < since + NEWS
    if not now.is_anybody_here:
        # Nobody is asked to hold the line where nobody is; whoever comes back may take it up again.
        is_due = rules.away and is_news and "away" not in now.said
        return Plan(say="away" if is_due else None, next_at=next_at)
    if now.is_everybody_busy and rules.busy and is_news and "busy" not in now.said:
        return Plan(say="busy", next_at=next_at)
    due = [number for number, moment in enumerate(moments) if moment <= now.at < moment + STALE]
    name = f"waiting_{due[-1]}" if due else None
    return Plan(say=name if name not in now.said else None, next_at=next_at)


def _while_silent(silence: Silence, now: Situation, since: datetime) -> Plan:
    gone_at = since + silence.close_when_gone
    if now.at >= gone_at:
        return Plan(ends=True)
    if not now.is_contact_here:
        # Their answer comes by mail. Should they be back by the next moment, they are asked then.
        moments = [since + silence.ask, since + silence.warn, since + silence.close, gone_at]
        return Plan(next_at=min(moment for moment in moments if moment > now.at))
    if "warn" in now.said:
        ends_at = now.said["warn"] + (silence.close - silence.warn)
        return Plan(say="close", ends=True) if now.at >= ends_at else Plan(next_at=min(ends_at, gone_at))
    if now.at >= since + silence.warn:
        return Plan(say="warn", next_at=min(now.at + silence.close - silence.warn, gone_at))
    if now.at >= since + silence.ask:
        return Plan(say=None if "ask" in now.said else "ask", next_at=min(since + silence.warn, gone_at))
    return Plan(next_at=min(since + silence.ask, gone_at))
