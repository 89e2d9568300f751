"""Compile the server's catalogues for Django; `make setup` runs it, since compiled files are not committed."""

from babel.messages.mofile import write_mo

from config.catalogues import LANGUAGES
from config.catalogues.update import path_of, read


def main() -> None:
    """Write a ``.mo`` beside every ``django.po``. The browser's are read by its build."""
    for language in LANGUAGES:
        po = path_of(language=language, domain="django")
        if po.exists():
            with po.with_suffix(".mo").open("wb") as file:
                write_mo(file, read(language=language, domain="django"))


if __name__ == "__main__":
    main()
