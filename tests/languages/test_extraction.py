"""Nothing that is marked is lost, and what cannot be translated is refused where it is written."""

import pytest

from config.catalogues.extract import MarkingError, Text, python_texts, template_texts
from config.catalogues.update import template_of


def test_python_texts_are_found_with_plural_and_context() -> None:
    source = """
first = _("It's " "one text")
second = ngettext_lazy("%(n)d day", "%(n)d days", "n")
third = translation.pgettext("verb", "Open")
again = _(first)
"""
    assert list(python_texts(source=source, file="a.py")) == [
        Text(msgid="It's one text", plural=None, context=None, file="a.py"),
        Text(msgid="%(n)d day", plural="%(n)d days", context=None, file="a.py"),
        Text(msgid="Open", plural=None, context="verb", file="a.py"),
    ]


@pytest.mark.parametrize("call", ['_(f"Hello {name}")', '_("Hello " + name)', '_("Hello %s" % name)'])
def test_a_text_that_is_put_together_before_the_look_up_is_refused(call: str) -> None:
    with pytest.raises(MarkingError, match=r"^a\.py:1: put the values in after the look-up"):
        list(python_texts(source=call, file="a.py"))


def test_template_texts_are_found_with_plural_and_context() -> None:
    source = """{% load i18n %}<p>{% translate "It's here" %}don't</p>
{% blocktranslate trimmed %}
  One,
  two
{% endblocktranslate %}
{% blocktranslate count n=total %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
{% translate "Open" context "verb" %}{% include "x.html" with title=_("Go on") %}
{% blocktranslate %}90% of {{ name }}{% endblocktranslate %}"""
    assert [
        (text.msgid, text.plural, text.context) for text in template_texts(source=source, file="a.html")
    ] == [
        ("It's here", None, None),
        ("One, two", None, None),
        ("%(n)s day", "%(n)s days", None),
        ("Open", None, "verb"),
        ("Go on", None, None),
        ("90%% of %(name)s", None, None),
    ]


def test_a_text_of_two_files_is_one_entry_that_names_both() -> None:
    template = template_of(
        Text(msgid="Save", plural=None, context=None, file=file) for file in ("b.py", "a.py")
    )
    assert [sorted(file for file, _line in message.locations) for message in template if message.id] == [
        ["a.py", "b.py"]
    ]
