"""What the requests of this app may carry."""

from typing import Final

from rest_framework import serializers

from operators.models import Availability
from tenants.api.fields import Body, Id, PageQuery, QueryFlag, Text
from tenants.permissions import Role

MAX_MEMBERS: Final = 500


class OperatorQuery(PageQuery):
    is_active = QueryFlag(required=False, help_text="Without it, those who left are listed too.")


class ChangeOperator(Body):
    role = serializers.ChoiceField(choices=Role.choices, required=False)


class SetAvailability(Body):
    availability = serializers.ChoiceField(choices=Availability.choices)


class Invite(Body):
    email = Text(max_length=254)
    role = serializers.ChoiceField(choices=Role.choices, default=Role.OPERATOR)
    team_id = Id(required=False, allow_null=True, default=None)


class CreateTeam(Body):
    name = Text(max_length=100)
    member_ids = serializers.ListField(child=Id(), max_length=MAX_MEMBERS, default=list)


class ChangeTeam(Body):
    name = Text(required=False, max_length=100)
    member_ids = serializers.ListField(
        child=Id(), max_length=MAX_MEMBERS, required=False, help_text="All of them; they replace the members."
    )
