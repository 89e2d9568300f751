"""The models of the analytics app."""

from analytics.models.conversation_fact import ConversationFact
from analytics.models.day_rollup import DayRollup, DayZone
from analytics.models.hours_version import HoursVersion
from analytics.models.measurement import Measurement
from analytics.models.rollup import Rollup

__all__ = ["ConversationFact", "DayRollup", "DayZone", "HoursVersion", "Measurement", "Rollup"]
