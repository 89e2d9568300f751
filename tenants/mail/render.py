"""Mails from templates: a subject, a plain part and an HTML part in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import css_inline
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from tenants.mail.wording import direction, plain_text, subject_line

# Styles go into the elements, because most clients drop <style>; the rules for dark screens stay there.
_INLINER: Final = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The parts of a mail as they are sent."""

    subject: str
    text: str
    html: str


def render(
    *, template: str, language: str, context: Mapping[str, Any], subject: str | None = None
) -> Rendered:
    """Return a mail made from ``templates/email/<template>.{subject.txt,txt,html}``.

    Besides ``context`` the templates see language, direction, start and end (``left`` or ``right``: the
    old attributes that mail clients heed), and origin. ``subject`` replaces the subject's template.

    Raises TemplateDoesNotExist, and ValueError for a language Parley does not speak.
    """
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"Parley does not speak {language!r}")
    way = direction(language)
    values = {
        "origin": settings.PARLEY_ORIGIN,
        **context,
        "language": language,
        "direction": way,
        "start": "right" if way == "rtl" else "left",
        "end": "left" if way == "rtl" else "right",
    }
    with translation.override(language):
        if subject is None:
            subject = _plain(f"email/{template}.subject.txt", values)
        line = subject_line(subject, language=language)
        text = _plain(f"email/{template}.txt", values)
        html = get_template(f"email/{template}.html").render({**values, "subject": line})
    return Rendered(subject=line, text=plain_text(text, language=language), html=_INLINER.inline(html))


def _plain(name: str, values: dict[str, Any]) -> str:
    # Not HTML: an apostrophe stays an apostrophe.
    template = get_template(name).template  # type: ignore[attr-defined]  # the Django backend's
    return str(template.render(Context(values, autoescape=False)))
