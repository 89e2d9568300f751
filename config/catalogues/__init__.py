"""Our gettext catalogues: extracted, merged and compiled by Babel, so that no system package is needed."""

from config.local.places import ROOT

LOCALE = ROOT / "locale"
LANGUAGES = ("ar", "fa", "lt")
"""English is the language of the sources and has no catalogue."""

PLURAL_FORMS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "fa": "nplurals=2; plural=(n > 1);",
    "lt": (
        "nplurals=4; plural=(n % 10 == 1 && (n % 100 > 19 || n % 100 < 11) ? 0 : (n % 10 >= 2 && n % 10 <=9) && "
        "(n % 100 > 19 || n % 100 < 11) ? 1 : n % 1 != 0 ? 2: 3);"
    ),
}
"""As in Django's own catalogues: one rule a language. Lithuanian's third form is for parts, as in "1.5 hours"."""

DOMAINS = ("django", "djangojs")
"""Texts of Python and templates; texts of the browser's sources."""
