"""`make messages`: bring locale/*/LC_MESSAGES/*.po up to what the sources say.

The files are made to be merged: sorted by text, with the names of the sources but no line numbers and no dates.
"""

import io
import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

from config.catalogues import DOMAINS, LANGUAGES, LOCALE, PLURAL_FORMS
from config.catalogues.extract import MarkingError, Text, texts

_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Parley\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def path_of(*, language: str, domain: str) -> Path:
    """Where the catalogue of one language and domain is kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def read(*, language: str, domain: str) -> Catalog:
    """A catalogue as it is kept; an empty one when there is none yet."""
    path = path_of(language=language, domain=domain)
    header = _HEADER.format(language=language, plural_forms=PLURAL_FORMS[language])
    return read_po(
        io.StringIO(path.read_text() if path.exists() else header), locale=language, abort_invalid=True
    )


def forms(message: Message) -> list[str]:
    """The translations of a text: one, or one for each plural form. An empty string where one is missing."""
    found: object = message.string
    strings = found if isinstance(found, list | tuple) else [found]
    return [form if isinstance(form, str) else "" for form in strings]


def write(catalogue: Catalog, *, language: str, domain: str) -> None:
    """Keep a catalogue, with our header in place of Babel's, which carries the time."""
    for message in catalogue:
        message.locations = sorted({(file, 0) for file, _line in message.locations})
    body = io.BytesIO()
    write_po(
        body,
        catalogue,
        width=110,
        sort_output=True,
        omit_header=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    header = _HEADER.format(language=language, plural_forms=PLURAL_FORMS[language])
    path = path_of(language=language, domain=domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + body.getvalue().decode().strip() + "\n")


def template_of(found: Iterable[Text]) -> Catalog:
    """The catalogue without translations that these texts make."""
    template = Catalog(fuzzy=False)
    for text in found:
        template.add(
            id=(text.msgid, text.plural) if text.plural else text.msgid,
            locations=[(text.file, 0)],
            context=text.context,
        )
    return template


def main() -> int:
    """Update every catalogue and say what is left to translate."""
    for domain in DOMAINS:
        try:
            template = template_of(texts(domain))
        except MarkingError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        for language in LANGUAGES:
            catalogue = read(language=language, domain=domain)
            # Guessing from similar texts makes fuzzy entries, which nobody sees and everybody has to clean up.
            catalogue.update(template, no_fuzzy_matching=True, keep_user_comments=True)
            write(catalogue, language=language, domain=domain)
            missing = sum(1 for message in catalogue if message.id and not all(forms(message)))
            sys.stdout.write(f"{domain:9} {language}: {len(catalogue)} texts, {missing} to translate\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
