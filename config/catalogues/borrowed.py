"""Texts of the libraries that people see here and that the libraries' own catalogues lack in one of our languages.

Our catalogues are asked first, so marking such a text here is enough to translate it.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

BORROWED = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    gettext_noop("The two password fields didn’t match."),
    gettext_noop("Enter a valid domain name."),
    gettext_noop("Conflicting form data submitted. Please try again."),
)
