"""What a request may carry, strictly: text is text, a number is a number, and nothing is left unread."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers

from tenants.errors import BadRequest

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_DAY: Final = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}")


class Text(serializers.CharField):
    """Text, from a JSON string alone."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class QueryFlag(serializers.BooleanField):
    """``true`` or ``false`` in an address."""

    def to_internal_value(self, data: Any) -> bool:
        if data not in ("true", "false"):
            self.fail("invalid", input=data)
        return bool(data == "true")


class Flag(serializers.BooleanField):
    """``true`` or ``false`` of JSON."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Whole(serializers.IntegerField):
    """A whole JSON number."""

    def to_internal_value(self, data: Any) -> int:
        is_whole = isinstance(data, int) or (isinstance(data, float) and data.is_integer())
        if isinstance(data, bool) or not is_whole:
            self.fail("invalid")
        return int(data)


class QueryNumber(serializers.IntegerField):
    """A whole number in an address, in ASCII digits."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, str) or not _NUMBER.fullmatch(data):
            self.fail("invalid")
        return int(data)


class Id(serializers.UUIDField):
    """A UUID in its usual form."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str) or not _UUID.fullmatch(data):
            self.fail("invalid", value=str(data)[:100])
        return UUID(data)


class Moment(serializers.DateTimeField):
    """A time of RFC 3339, with its offset from UTC."""

    def to_internal_value(self, data: Any) -> datetime:
        if not isinstance(data, str) or not _MOMENT.fullmatch(data):
            self.fail("invalid", format="2026-11-21T09:30:00Z")
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """A day of the Gregorian calendar, of this century."""

    def to_internal_value(self, data: Any) -> date:
        if not isinstance(data, str) or not _DAY.fullmatch(data):
            self.fail("invalid", format="2026-11-21")
        return super().to_internal_value(data)


class Fields(serializers.Serializer[Any]):
    """A set of fields; whatever else is sent is refused by its name, so that no typing mistake is lost."""

    @classmethod
    def read(cls, given: Any) -> dict[str, Any]:
        """Return the checked values of the fields that were sent or have a default.

        Raises BadRequest, and rest_framework's ValidationError, naming each field that is wrong.
        """
        if not isinstance(given, Mapping):
            raise BadRequest(_("Send a JSON object."))
        serializer = cls(data=given)
        if unknown := [str(name) for name in given if name not in serializer.fields]:
            raise BadRequest(errors={name[:100]: [_("There is no such field.")] for name in unknown[:20]})
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


class Body(Fields):
    """What the JSON body of a request may carry."""


class Nothing(Body):
    """An empty object, or no body."""


class Query(Fields):
    """What the address of a request may carry after the question mark, each once."""

    @classmethod
    def read(cls, given: Any) -> dict[str, Any]:
        if isinstance(given, QueryDict):
            _refuse_repeated(given)
            given = given.dict()
        return super().read(given)


class PageQuery(Query):
    """The parameters of every list."""

    cursor = Text(required=False, max_length=500, help_text="`next` of the page before.")
    limit = QueryNumber(default=50, min_value=1, max_value=100, help_text="How many on a page.")


class NoQuery(Query):
    """No parameters."""


def _refuse_repeated(given: QueryDict) -> None:
    repeated = [name for name, values in given.lists() if len(values) > 1]
    if repeated:
        raise BadRequest(errors={name[:100]: [_("This may be given once.")] for name in repeated[:20]})
