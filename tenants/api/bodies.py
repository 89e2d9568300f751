"""What the requests about a tenant itself may carry."""

from rest_framework import serializers

from tenants.api.fields import Body, Flag, Moment, PageQuery, Text, Whole
from tenants.models import Tenant
from tenants.permissions import Permission

LANGUAGES = ("en", "ar", "fa", "lt")


class ChangeSettings(Body):
    name = Text(required=False, max_length=100)
    language = serializers.ChoiceField(choices=LANGUAGES, required=False)
    time_zone = Text(required=False, max_length=64, help_text="A name of the IANA database.")
    calendar = serializers.ChoiceField(choices=Tenant.Calendar.choices, required=False)
    week_start = Whole(required=False, min_value=1, max_value=7, help_text="1 Monday to 7 Sunday.")
    business_hours = serializers.DictField(required=False)
    follow_up_enabled = Flag(required=False)
    follow_up_minutes = Whole(required=False, min_value=1, max_value=1440)
    csat_enabled = Flag(required=False)


class CreateApiKey(Body):
    name = Text(max_length=100)
    permissions = serializers.ListField(
        child=serializers.ChoiceField(choices=[permission.value for permission in Permission]),
        min_length=1,
        max_length=len(Permission),
        help_text="Some of your own.",
    )
    expires_at = Moment(required=False, allow_null=True, default=None)


class AuditQuery(PageQuery):
    action = Text(required=False, max_length=60, help_text="Like settings.changed.")
    actor = Text(required=False, max_length=60, help_text="Like operator:<id>.")
    target = Text(required=False, max_length=120, help_text="Like inbox:<id>.")
