"""Numbers in sentences, as the reader's language writes them."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from tenants.digits import own_digits


@pytest.mark.parametrize(("language", "shown"), [("en", "120"), ("ar", "120"), ("fa", "۱۲۰"), ("lt", "120")])
def test_a_number_is_written_as_the_browser_writes_it(language: str, shown: str) -> None:
    template = Template("{% load digits %}{{ number|own_digits }}")
    with override(language):
        assert own_digits(120) == shown
        assert template.render(Context({"number": 120})) == shown
