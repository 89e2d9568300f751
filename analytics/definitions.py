"""What every figure means, in words: shown beside it on the page, in the mail and in the documentation."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.metrics import Metric


class Better(StrEnum):
    """Which way is good. Only then is a change coloured."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Unit(StrEnum):
    """What a value counts."""

    COUNT = "count"
    SECONDS = "seconds"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A figure's name, what it counts in one or two sentences, its unit and which way is good."""

    label: Promise
    text: Promise
    unit: Unit = Unit.COUNT
    better: Better = Better.NEITHER


# A share of fewer answers says more about chance than about a person.
FEWEST_ANSWERS: Final = 5

DEFINITIONS: Final[dict[Metric, Definition]] = {
    Metric.NEW: Definition(
        label=_("New conversations"),
        text=_(
            "Conversations whose contact wrote for the first time in this period. One that an operator "
            "began counts when the contact answers. Spam is left out."
        ),
    ),
    Metric.TAKEN: Definition(
        label=_("Conversations answered"),
        text=_(
            "Conversations in which this operator wrote their first public reply in this period. Each "
            "conversation counts once for every operator who wrote in it."
        ),
    ),
    Metric.REOPENED: Definition(
        label=_("Reopened"),
        text=_("How many times a resolved conversation was opened again in this period."),
        better=Better.LOWER,
    ),
    Metric.RESOLVED: Definition(
        label=_("Resolved"),
        text=_(
            "How many times a conversation was resolved in this period. One that was reopened and "
            "resolved again counts twice."
        ),
    ),
    Metric.UNANSWERED: Definition(
        label=_("Resolved without an answer"),
        text=_("Conversations that were resolved before any operator had replied."),
        better=Better.LOWER,
    ),
    Metric.OPEN: Definition(
        label=_("Open at the end"),
        text=_(
            "Conversations not yet resolved at the end of this period, snoozed and pending ones included."
        ),
        better=Better.LOWER,
    ),
    Metric.FIRST_RESPONSE: Definition(
        label=_("First response time"),
        text=_(
            "From the contact's first message to the first public reply by a person, counted on the day "
            "of the reply. Automatic messages and private notes do not stop the clock; conversations "
            "begun by an operator are left out. Half of the contacts waited no longer than the median."
        ),
        unit=Unit.SECONDS,
        better=Better.LOWER,
    ),
    Metric.REPLY_TIME: Definition(
        label=_("Waiting time"),
        text=_(
            "Every time a contact had to wait: from their first unanswered message to the next public "
            "reply by a person, the first one and all later ones, counted on the day of the reply."
        ),
        unit=Unit.SECONDS,
        better=Better.LOWER,
    ),
    Metric.FIRST_RESOLUTION: Definition(
        label=_("Resolution time"),
        text=_(
            "From the contact's first message to the first time the conversation was resolved, counted on"
            " the day it was resolved."
        ),
        unit=Unit.SECONDS,
        better=Better.LOWER,
    ),
    Metric.LAST_RESOLUTION: Definition(
        label=_("Time to the last resolution"),
        text=_(
            "From the contact's first message to the latest time the conversation was resolved. Longer "
            "than the resolution time where conversations were reopened."
        ),
        unit=Unit.SECONDS,
        better=Better.LOWER,
    ),
    Metric.RATED: Definition(
        label=_("Satisfaction"),
        text=_(
            "The share of ratings with 4 or 5 of 5 among all ratings, counted on the day of the answer. "
            "The rating goes to the operator who wrote last."
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
    ),
    Metric.ASKED: Definition(
        label=_("Surveys"),
        text=_("How many times a contact was asked for a rating. The response rate is answers among these."),
    ),
}
