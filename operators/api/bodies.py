"""What the requests of this app may carry."""

from typing import Final

from django.conf import settings
from rest_framework import serializers

from operators.actions.set_workload import MOST_CONVERSATIONS
from operators.models import AssignmentMode, Availability
from operators.team_routing import LONGEST_OFFER
from tenants.api.fields import Body, Flag, Id, PageQuery, QueryFlag, Text, Whole
from tenants.permissions import Role

MAX_MEMBERS: Final = 500


class OperatorQuery(PageQuery):
    is_active = QueryFlag(required=False, help_text="Without it, those who left are listed too.")


class ChangeOperator(Body):
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    max_conversations = Whole(
        min_value=0,
        max_value=MOST_CONVERSATIONS,
        required=False,
        help_text="Chats at once; five mails weigh one chat.",
    )
    languages = serializers.ListField(
        child=serializers.ChoiceField(choices=settings.LANGUAGES),
        max_length=20,
        required=False,
        help_text="The languages this person answers in; none means any.",
    )


class SetAvailability(Body):
    availability = serializers.ChoiceField(choices=Availability.choices)


class Invite(Body):
    email = Text(max_length=254)
    role = serializers.ChoiceField(choices=Role.choices, default=Role.OPERATOR)
    team_id = Id(required=False, allow_null=True, default=None)


class TeamFields(Body):
    """How a team's conversations find their operators."""

    assignment_mode = serializers.ChoiceField(
        choices=AssignmentMode.choices,
        required=False,
        help_text="By hand, in turn, or to whoever has the smallest share of their limit.",
    )
    offer_seconds = Whole(
        min_value=0,
        max_value=LONGEST_OFFER,
        required=False,
        help_text="How long somebody may think about an offer, from 5 up; 0 gives conversations out without asking.",
    )
    prefers_last_operator = Flag(required=False)
    requires_tag = Flag(required=False, help_text="Its conversations are resolved only with a tag.")
    languages = serializers.ListField(
        child=serializers.ChoiceField(choices=settings.LANGUAGES),
        max_length=20,
        required=False,
        help_text="Conversations without a team come to one of their language and country; empty means any.",
    )
    countries = serializers.ListField(
        child=Text(max_length=2), max_length=300, required=False, help_text="ISO 3166-1 codes of two letters."
    )
    business_hours = serializers.DictField(
        required=False, allow_null=True, help_text="As those of the business; null: the same as those."
    )


class CreateTeam(TeamFields):
    name = Text(max_length=100)
    member_ids = serializers.ListField(child=Id(), max_length=MAX_MEMBERS, default=list)


class ChangeTeam(TeamFields):
    name = Text(required=False, max_length=100)
    member_ids = serializers.ListField(
        child=Id(), max_length=MAX_MEMBERS, required=False, help_text="All of them; they replace the members."
    )
