"""What the forms of Parley's pages have in common: refusals of an action shown where they belong."""

import zoneinfo
from functools import cache
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tenants.errors import DomainError

# Names that are not places: aliases, fixed offsets, links kept for old systems.
_NOT_PLACES: Final = ("Etc/", "SystemV/", "US/", "posix/", "right/")


class PageForm(forms.Form):
    """A form whose action may refuse: ``take`` shows the refusal and keeps what was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def take(self, error: DomainError) -> None:
        """Put an action's refusal onto the fields it names, or above the form."""
        named = {field: texts for field, texts in error.errors.items() if field in self.fields}
        for field, texts in named.items():
            for text in texts:
                self.add_error(field, text)
        if not named:
            self.add_error(None, str(error.detail))


class SwitchInput(forms.CheckboxInput):
    """An on/off switch."""

    template_name = "django/forms/widgets/switch.html"


class ColourInput(forms.TextInput):
    input_type = "color"


@cache
def time_zones() -> tuple[str, ...]:
    """Return every place of the time zone database, sorted."""
    names = zoneinfo.available_timezones()
    return tuple(sorted(name for name in names if "/" in name and not name.startswith(_NOT_PLACES)))


def time_zone_choices() -> list[Any]:
    """Return the places, grouped by the part of the world."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in time_zones():
        region, _slash, place = name.partition("/")
        groups.setdefault(region, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *groups.items()]


class TimeZoneField(forms.ChoiceField):
    """A place's time zone. A zone that is not on the list any more is kept as it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=time_zone_choices, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or is_time_zone(str(value))


def is_time_zone(name: str) -> bool:
    """Tell whether the time zone database knows ``name``."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def language_field(**kwargs: Any) -> forms.ChoiceField:
    """Return the choice among the languages Parley speaks, each named in itself."""
    return forms.ChoiceField(choices=settings.LANGUAGES, **kwargs)


def clean_name(value: str) -> str:
    """Return a name without control characters or doubled blanks. Raises ValidationError when nothing is left."""
    cleaned = " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
    if not cleaned:
        raise ValidationError(_("Please enter a name."))
    return cleaned
