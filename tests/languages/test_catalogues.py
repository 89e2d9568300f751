"""The catalogues are complete, agree with the sources, and say what the English says."""

import gettext
import re
from pathlib import Path

import pytest
from babel.messages import Message
from django.conf import settings

from config.catalogues import DOMAINS, LANGUAGES, PLURAL_FORMS
from config.catalogues.extract import Text
from config.catalogues.update import forms, path_of, read

CATALOGUES = [(language, domain) for language in LANGUAGES for domain in DOMAINS]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\{?\w+\}?\}")
MARKUP = re.compile(r"</?\w+[^>]*>|&\w+;")
# What stands inside an English-looking piece of a right-to-left text: codes, addresses, placeholders, tags.
FOREIGN = re.compile(rf"{PLACEHOLDER.pattern}|{MARKUP.pattern}|[\w.:/*-]*[A-Za-z][\w.:/*=-]*")
COUNTS = (0, 1, 2, 3, 10, 11, 12, 20, 21, 22, 100, 101, 102, 103, 111)
# The key that opens the help is the same on every keyboard.
KEYS = {"Press J and K to walk through the list, and ? for all shortcuts."}


def english(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def entries(*, language: str, domain: str) -> list[Message]:
    return [message for message in read(language=language, domain=domain) if message.id]


def test_the_languages_of_the_catalogues_are_those_of_the_settings() -> None:
    assert ("en", *LANGUAGES) == tuple(code for code, _name in settings.LANGUAGES)


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_every_marked_text_is_in_every_catalogue_and_nothing_else_is(
    marked: dict[str, list[Text]], language: str, domain: str
) -> None:
    wanted = {(text.context, text.msgid) for text in marked[domain]}
    kept = {(message.context, english(message)[0]) for message in entries(language=language, domain=domain)}
    assert (sorted(wanted - kept, key=str), sorted(kept - wanted, key=str)) == ([], []), "run `make messages`"


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_every_text_is_translated_and_none_is_a_guess(language: str, domain: str) -> None:
    messages = entries(language=language, domain=domain)
    assert [
        english(message)[0] for message in messages if not all(form.strip() for form in forms(message))
    ] == []
    assert [english(message)[0] for message in messages if message.fuzzy] == []
    assert "\n#~" not in path_of(language=language, domain=domain).read_text()


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_a_catalogue_carries_neither_line_numbers_nor_dates(language: str, domain: str) -> None:
    text = path_of(language=language, domain=domain).read_text()
    assert re.findall(r"^#: .*:\d+", text, re.MULTILINE) == []
    assert "-Date:" not in text


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_a_translation_has_the_placeholders_and_tags_of_the_english(language: str, domain: str) -> None:
    wrong = []
    for message in entries(language=language, domain=domain):
        wanted = (
            sorted(PLACEHOLDER.findall(english(message)[-1])),
            sorted(MARKUP.findall(english(message)[-1])),
        )
        for index, form in enumerate(forms(message)):
            # Persian has a sign of its own for per cent.
            found = sorted(PLACEHOLDER.findall(form.replace("٪", "%%"))), sorted(MARKUP.findall(form))
            # A form for 0, 1 or 2 alone need not repeat the number: "two messages" is one word in Arabic.
            names_its_number = len(forms(message)) > 1 and (
                index < 3 if language == "ar" else index == 0 and language == "fa"
            )
            if found != wanted and not (names_its_number and set(found[0]) < set(wanted[0])):
                wrong.append(form)
    assert wrong == []


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_a_translation_begins_and_ends_with_the_spaces_of_the_english(language: str, domain: str) -> None:
    def edges(text: str) -> tuple[int, int]:
        return len(text) - len(text.lstrip()), len(text) - len(text.rstrip())

    assert [
        form
        for message in entries(language=language, domain=domain)
        for form in forms(message)
        if edges(form) != edges(english(message)[0])
    ] == []


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", ["ar", "fa"])
def test_arabic_and_persian_use_their_own_punctuation(language: str, domain: str) -> None:
    messages = [
        message for message in entries(language=language, domain=domain) if english(message)[0] not in KEYS
    ]
    native = [FOREIGN.sub("", form) for message in messages for form in forms(message)]
    assert [text for text in native if re.search(r"[?;\"]|,(?!\d)", text)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_persian_has_its_own_letters_and_digits(domain: str) -> None:
    native = [
        FOREIGN.sub("", form) for message in entries(language="fa", domain=domain) for form in forms(message)
    ]
    # Arabic kaf, yeh and alef maksura look alike on paper and break search and sorting; "mi" joins by a narrow space.
    assert [text for text in native if re.search("[\u0643\u064a\u0649\u0660-\u0669]", text)] == []
    assert [text for text in native if re.search(r"(^|\s)ن?می\s", text)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_lithuanian_quotes_as_lithuanian_does(domain: str) -> None:
    texts = [form for message in entries(language="lt", domain=domain) for form in forms(message)]
    native = [MARKUP.sub("", text) for text in texts]
    assert [text for text in native if "”" in text or '"' in text or text.count("„") != text.count("“")] == []


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_a_plural_text_has_as_many_forms_as_its_language(language: str, domain: str) -> None:
    count = {"ar": 6, "fa": 2, "lt": 4}[language]
    plurals = [message for message in entries(language=language, domain=domain) if message.pluralizable]
    assert [english(message)[0] for message in plurals if len(forms(message)) != count] == []
    header = path_of(language=language, domain=domain).read_text()
    assert PLURAL_FORMS[language] in header


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("ar", (0, 1, 2, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 3, 4)),
        ("fa", (0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
        ("lt", (3, 0, 1, 1, 3, 3, 3, 3, 0, 1, 3, 0, 1, 1, 3)),
    ],
)
def test_the_form_of_a_number(language: str, wanted: tuple[int, ...]) -> None:
    choose = gettext.c2py(PLURAL_FORMS[language].partition("plural=")[2].rstrip(";"))
    assert tuple(int(choose(n)) for n in COUNTS) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_django_reads_is_compiled_from_what_is_kept(language: str) -> None:
    po: Path = path_of(language=language, domain="django")
    with po.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [
        english(message)[0]
        for message in entries(language=language, domain="django")
        if not message.pluralizable
        and message.context is None
        and compiled.gettext(str(message.id)) != message.string
    ]
    assert stale == [], "run `make setup`"
