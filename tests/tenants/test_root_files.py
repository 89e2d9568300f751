"""What browsers ask every site for by themselves."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("path", "kind", "beginning"),
    [
        ("/favicon.ico", "image/", b"\x00\x00\x01\x00"),
        ("/apple-touch-icon.png", "image/png", b"\x89PNG"),
    ],
)
def test_the_icons_of_the_site_are_found_where_browsers_look(path: str, kind: str, beginning: bytes) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(kind)
    assert answer.content.startswith(beginning)
