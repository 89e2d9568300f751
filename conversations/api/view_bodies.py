"""What requests about views may carry, and a filter in an address."""

from typing import Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from conversations.actions.manage_views import MOST_VIEWS
from conversations.actions.view_fields import MAX_ICON, MAX_NAME
from conversations.filter_tree import Group, parse_filter
from conversations.queries import NEWEST, SORTS
from tenants.api.fields import Body, Flag, Id, Query, Text, Whole
from tenants.api.parsing import parse_json
from tenants.errors import BadRequest

# Servers and proxies in between take addresses of 8 KB.
MAX_FILTER: Final = 4000
FILTER_HELP: Final = (
    'A tree of conditions: `{"all": [...]}` or `{"any": [...]}` with parts that are such groups, or conditions like '
    '`{"field": "status", "op": "is", "value": ["open", "pending"]}`. Up to 20 conditions, three groups deep. '
    "`status`, `inbox`, `operator` (ids, `me`, `none`), `team` (ids, `none`), `priority`, `language`, `channel`: "
    "`is` and `is_not` with a list; `tag`, `contact_tag`: `has` and `has_not` with a list of ids; `unread`, `spam`: "
    "`is` with true or false; `waiting`: `over` so many minutes; `created`, `updated`: `within_days` with a number, "
    "`before` and `after` with a day; `contact`: `contains` words. Without a condition on `spam`, spam is left out."
)


class FilterQuery(Query):
    filter = Text(max_length=MAX_FILTER, help_text=f"JSON. {FILTER_HELP}")


class CreateSavedView(Body):
    name = Text(max_length=MAX_NAME)
    filter = serializers.DictField(help_text=FILTER_HELP)
    sort = serializers.ChoiceField(choices=list(SORTS), default=NEWEST)
    icon = Text(required=False, allow_blank=True, max_length=MAX_ICON, help_text="An emoji.")
    is_shared = Flag(default=False, help_text="Everybody's, not your own.")
    place = Whole(required=False, allow_null=True, min_value=0, max_value=32_767)


class ChangeSavedView(Body):
    name = Text(required=False, max_length=MAX_NAME)
    filter = serializers.DictField(required=False, help_text=FILTER_HELP)
    sort = serializers.ChoiceField(choices=list(SORTS), required=False)
    icon = Text(required=False, allow_blank=True, max_length=MAX_ICON)
    is_shared = Flag(required=False)


class OrderViews(Body):
    ids = serializers.ListField(child=Id(), min_length=1, max_length=MOST_VIEWS)


def read_tree(text: str) -> Group:
    """Return the filter that an address carries as JSON. Raises BadRequest."""
    try:
        given = parse_json(text.encode())
    except BadRequest as error:
        raise BadRequest(errors={"filter": [_("This must be JSON.")]}) from error
    return parse_filter(given)
