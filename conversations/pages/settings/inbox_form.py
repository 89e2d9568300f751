"""The form of a widget inbox: what it is called, how it looks, where it may stand, whom it asks what."""

import re
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.inbox_links import checked_links, lines_of_links, links_of_lines
from conversations.inbox_settings import MAX_DOMAINS, MAX_GREETING, with_defaults
from conversations.models import Inbox
from conversations.pages.settings.tags import COLOUR
from operators.pages.forms import ColourInput, PageForm, SwitchInput, clean_name, language_field
from operators.queries import team_choices
from tenants.digits import own_digits

_HOST: Final = re.compile(
    r"^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(:\d{1,5})?$"
)
PLAIN: Final = (
    "colour",
    "side",
    "ask_identity",
    "show_when_offline",
    "offline_form",
    "ask_language",
    "help_mode",
)
# Fields that come once per language, and the settings they are kept in.
TEXTS: Final = {"title": "title", "greeting": "greetings", "announcement": "announcement"}
MAX_LINES: Final = 3000


class InboxForm(PageForm):
    """Texts come once per language, as ``title_<code>``; so do the greeting, the announcement and the links."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("For you and your colleagues.")
    )
    is_enabled = forms.BooleanField(
        label=gettext_lazy("In use"),
        required=False,
        widget=SwitchInput,
        help_text=gettext_lazy("Switched off, the widget does not show on your site."),
    )
    team = forms.ChoiceField(
        label=gettext_lazy("Team"), required=False, help_text=gettext_lazy("Who gets its conversations.")
    )
    colour = forms.CharField(label=gettext_lazy("Colour"), widget=ColourInput, validators=[COLOUR])
    side = forms.ChoiceField(
        label=gettext_lazy("Corner"),
        choices=[
            ("end", gettext_lazy("Where lines end: right in English, left in Arabic")),
            ("start", gettext_lazy("Where lines begin: left in English, right in Arabic")),
        ],
        widget=forms.RadioSelect,
    )
    language = language_field(
        label=gettext_lazy("First language"),
        help_text=gettext_lazy("Spoken when the visitor's own is not among those below."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages on offer"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    ask_language = forms.BooleanField(
        label=gettext_lazy("Let visitors choose the language first"), required=False, widget=SwitchInput
    )
    allowed_domains = forms.CharField(
        label=gettext_lazy("Sites that may show the widget"),
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "input input--code", "spellcheck": "false"}),
        help_text=gettext_lazy("One per line, like www.example.com or *.example.com. Empty: any site."),
    )
    ask_identity = forms.ChoiceField(
        label=gettext_lazy("Name and e-mail address"),
        choices=[
            ("off", gettext_lazy("Do not ask")),
            ("optional", gettext_lazy("Ask, but let visitors skip it")),
            ("required", gettext_lazy("Required before the first message")),
        ],
        widget=forms.RadioSelect,
    )
    help_mode = forms.ChoiceField(
        label=gettext_lazy("Help articles"),
        choices=[
            ("contact_first", gettext_lazy("The chat first; articles are one step away")),
            ("equal", gettext_lazy("Chat and articles side by side")),
            ("help_first", gettext_lazy("Articles first; the chat once somebody has looked")),
            ("help_only", gettext_lazy("Articles alone, no chat")),
        ],
        widget=forms.RadioSelect,
    )
    show_when_offline = forms.BooleanField(
        label=gettext_lazy("Show the widget when nobody is there"), required=False, widget=SwitchInput
    )
    offline_form = forms.BooleanField(
        label=gettext_lazy("Then ask for an e-mail address to answer to"), required=False, widget=SwitchInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", _("Everybody")), *team_choices()]  # type: ignore[attr-defined]
        for code, name in settings.LANGUAGES:
            direction = {"dir": "auto", "lang": code}
            self.fields[f"title_{code}"] = forms.CharField(
                label=name, max_length=60, required=False, widget=forms.TextInput(direction)
            )
            for field in ("greeting", "announcement", "links"):
                self.fields[f"{field}_{code}"] = forms.CharField(
                    label=name,
                    max_length=MAX_LINES if field == "links" else MAX_GREETING,
                    required=False,
                    widget=forms.Textarea({**direction, "rows": 2}),
                )

    @classmethod
    def initial_of(cls, inbox: Inbox) -> dict[str, Any]:
        """Return what the form shows of an inbox."""
        kept = with_defaults(inbox.settings)
        texts = {
            f"{field}_{code}": kept[key].get(code, "")
            for field, key in TEXTS.items()
            for code, _name in settings.LANGUAGES
        }
        return {
            **{name: kept[name] for name in PLAIN},
            **texts,
            **{f"links_{code}": lines_of_links(links) for code, links in kept["links"].items()},
            "name": inbox.name,
            "is_enabled": inbox.is_enabled,
            "team": str(inbox.team_id or ""),
            "language": inbox.language,
            "languages": kept["languages"] or [code for code, _name in settings.LANGUAGES],
            "allowed_domains": "\n".join(inbox.allowed_domains),
        }

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_allowed_domains(self) -> list[str]:
        """Return host names, in the ASCII form that browsers send, each once."""
        hosts = [host_name(line) for line in self.cleaned_data["allowed_domains"].split()]
        if len(hosts) > MAX_DOMAINS:
            raise ValidationError(own_digits(_("At most %(number)d sites.") % {"number": MAX_DOMAINS}))
        return list(dict.fromkeys(hosts))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for code, _name in settings.LANGUAGES:
            try:
                checked_links(links_of_lines(cleaned.get(f"links_{code}", "")))
            except ValueError as error:
                self.add_error(f"links_{code}", str(error))
        languages = cleaned.get("languages")
        if languages and cleaned.get("language") not in languages:
            self.add_error("languages", _("The first language must be among them."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the inbox's fields."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "language": data["language"],
            "is_enabled": data["is_enabled"],
            "allowed_domains": data["allowed_domains"],
            "team_id": UUID(data["team"]) if data["team"] else None,
        }

    def settings(self) -> dict[str, Any]:
        """Return the inbox's settings."""
        data = self.cleaned_data
        codes = [code for code, _name in settings.LANGUAGES]
        return {
            **{name: data[name] for name in PLAIN},
            "languages": data["languages"],
            **{
                key: {code: data[f"{field}_{code}"] for code in codes if data[f"{field}_{code}"]}
                for field, key in TEXTS.items()
            },
            "links": {code: links for code in codes if (links := links_of_lines(data[f"links_{code}"]))},
        }

    @property
    def title_fields(self) -> list[forms.BoundField]:
        return self._in_each_language("title")

    @property
    def greeting_fields(self) -> list[forms.BoundField]:
        return self._in_each_language("greeting")

    @property
    def announcement_fields(self) -> list[forms.BoundField]:
        return self._in_each_language("announcement")

    @property
    def links_fields(self) -> list[forms.BoundField]:
        return self._in_each_language("links")

    def _in_each_language(self, field: str) -> list[forms.BoundField]:
        return [self[f"{field}_{code}"] for code, _name in settings.LANGUAGES]


def host_name(text: str) -> str:
    """Return the host name in what somebody pasted: an address, a name, or one with capitals or umlauts.

    Raises ValidationError for what is none.
    """
    host, _colon, port = re.sub(r"^[a-z]+://", "", text.strip().lower()).split("/")[0].partition(":")
    try:
        prefix, name = ("*.", host[2:]) if host.startswith("*.") else ("", host)
        ascii_host = prefix + name.encode("idna").decode("ascii") + (f":{port}" if port else "")
    except UnicodeError:
        ascii_host = ""
    if not _HOST.match(ascii_host):
        raise ValidationError(_("“%(text)s” is not the name of a site.") % {"text": text[:60]})
    return ascii_host
