"""The form of what an inbox says by itself."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.automatic_settings import (
    DAYS,
    MAX_STEPS,
    MINUTES,
    SECONDS,
    SILENCE_TEXTS,
    standard_text,
)
from conversations.inbox_settings import MAX_GREETING
from conversations.inboxes.widget.config import direction_of
from conversations.models import Tag
from operators.pages.forms import PageForm, SwitchInput

STEPS: Final = tuple(f"waiting_{number}" for number in range(MAX_STEPS))
SPOKEN: Final = ("away", "busy", *STEPS, *SILENCE_TEXTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One text as the page shows it: when it is said, and a field per language."""

    title: str
    moment: forms.BoundField | None
    texts: list[forms.BoundField]


class AutomaticForm(PageForm):
    """Texts come once per language, as ``<name>_<code>``; where one is empty the standard text is said."""

    away_is_on = forms.BooleanField(
        label=gettext_lazy("Say that nobody is there"),
        required=False,
        widget=SwitchInput,
        help_text=gettext_lazy(
            "Once, when somebody writes outside your hours or while no operator is online."
        ),
    )
    busy_is_on = forms.BooleanField(
        label=gettext_lazy("Say that everybody is busy"),
        required=False,
        widget=SwitchInput,
        help_text=gettext_lazy(
            "Once, when whoever is there has as many conversations as their limit allows."
        ),
    )
    waiting_is_on = forms.BooleanField(
        label=gettext_lazy("Say something to those who wait"),
        required=False,
        widget=SwitchInput,
        help_text=gettext_lazy(
            "Up to five texts, each so many seconds after the first message that nobody answered. Leave the seconds "
            "empty for fewer. None of them counts as an answer."
        ),
    )
    silence_is_on = forms.BooleanField(
        label=gettext_lazy("End chats that went quiet"),
        required=False,
        widget=SwitchInput,
        help_text=gettext_lazy(
            "After your last answer: a question, a warning, and the end. Never while your visitor waits for you, and "
            "never in snoozed or pending conversations. Whoever writes again opens it again."
        ),
    )
    ask = forms.IntegerField(label=gettext_lazy("Minutes until the question"))
    warn = forms.IntegerField(label=gettext_lazy("Minutes until the warning"))
    close = forms.IntegerField(label=gettext_lazy("Minutes until the end"))
    days = forms.IntegerField(
        label=gettext_lazy("Days until the end, when they have left the site"),
        help_text=gettext_lazy("They get your answers by e-mail and are not asked anything."),
    )
    skip_tags = forms.MultipleChoiceField(
        label=gettext_lazy("Leave conversations with these tags alone"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, limits in (("ask", MINUTES), ("warn", MINUTES), ("close", MINUTES), ("days", DAYS)):
            self.fields[name] = _number(self.fields[name], limits)
        tags = Tag.objects.order_by("name", "pk").values_list("pk", "name")
        self.fields["skip_tags"].choices = [(str(pk), name) for pk, name in tags]  # type: ignore[attr-defined]
        for step in STEPS:
            moment = forms.IntegerField(label=_("Seconds"), required=False)
            self.fields[f"{step}_seconds"] = _number(moment, SECONDS)
        for name in SPOKEN:
            for code, language in settings.LANGUAGES:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=language,
                    max_length=MAX_GREETING,
                    required=False,
                    widget=forms.Textarea(
                        {
                            "rows": 2,
                            "dir": direction_of(code),
                            "lang": code,
                            "example": standard_text(name, language=code),
                        }
                    ),
                )

    @classmethod
    def initial_of(cls, stored: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows of the setting ``automatic``."""
        silence, steps = stored["silence"], stored["waiting"]["steps"]
        texts = {"away": stored["away"]["texts"], "busy": stored["busy"]["texts"], **silence["texts"]}
        moments = {}
        for name, step in zip(STEPS, steps, strict=False):
            moments[f"{name}_seconds"] = step["seconds"]
            texts[name] = step["texts"]
        return {
            **{f"{name}_is_on": stored[name]["is_on"] for name in ("away", "busy", "waiting", "silence")},
            **{name: silence[name] for name in (*SILENCE_TEXTS, "days", "skip_tags")},
            **moments,
            **{f"{name}_{code}": text for name, by in texts.items() for code, text in by.items()},
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for earlier, later in (("ask", "warn"), ("warn", "close")):
            if earlier in cleaned and later in cleaned and cleaned[earlier] >= cleaned[later]:
                self.add_error(later, _("The question comes first, then the warning, then the end."))
        latest = 0
        for moment in (f"{name}_seconds" for name in STEPS):
            if (seconds := cleaned.get(moment)) is not None and seconds <= latest:
                self.add_error(moment, _("Each text for those who wait comes later than the one before."))
            latest = seconds or latest
        return cleaned

    def value(self) -> dict[str, Any]:
        """Return the setting ``automatic``."""
        data = self.cleaned_data
        steps = [
            {"seconds": data[f"{name}_seconds"], "texts": self._texts(name)}
            for name in STEPS
            if data[f"{name}_seconds"] is not None
        ]
        return {
            "away": {"is_on": data["away_is_on"], "texts": self._texts("away")},
            "busy": {"is_on": data["busy_is_on"], "texts": self._texts("busy")},
            "waiting": {"is_on": data["waiting_is_on"], "steps": steps},
            "silence": {
                "is_on": data["silence_is_on"],
                **{name: data[name] for name in (*SILENCE_TEXTS, "days", "skip_tags")},
                "texts": {name: self._texts(name) for name in SILENCE_TEXTS},
            },
        }

    def _texts(self, name: str) -> dict[str, str]:
        given = {code: self.cleaned_data[f"{name}_{code}"] for code, _name in settings.LANGUAGES}
        return {code: text for code, text in given.items() if text}

    def _spoken(self, name: str, title: str, moment: str | None = None) -> Spoken:
        texts = [self[f"{name}_{code}"] for code, _name in settings.LANGUAGES]
        return Spoken(title=title, moment=self[moment] if moment else None, texts=texts)

    @property
    def away(self) -> Spoken:
        return self._spoken("away", _("The text"))

    @property
    def busy(self) -> Spoken:
        return self._spoken("busy", _("The text"))

    @property
    def steps(self) -> list[Spoken]:
        titles = [_("The first text"), _("The second"), _("The third"), _("The fourth"), _("The fifth")]
        return [
            self._spoken(name, title, f"{name}_seconds") for name, title in zip(STEPS, titles, strict=True)
        ]

    @property
    def silence(self) -> list[Spoken]:
        titles = [_("The question"), _("The warning"), _("The end")]
        return [self._spoken(name, title, name) for name, title in zip(SILENCE_TEXTS, titles, strict=True)]


def _number(field: forms.Field, limits: tuple[int, int]) -> forms.IntegerField:
    return forms.IntegerField(
        label=field.label,
        required=field.required,
        help_text=field.help_text,
        min_value=limits[0],
        max_value=limits[1],
        widget=forms.NumberInput({"class": "input input--number"}),
    )
