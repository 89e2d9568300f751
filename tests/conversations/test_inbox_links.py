"""Links on the home of the widget: a title and a page somewhere, up to five."""

from typing import Any

import pytest

from conversations.inbox_links import checked_links, lines_of_links, links_of_lines

TEA = {"title": "Tea", "url": "https://shop.example/tea?x=1#y"}


def test_links_are_kept_with_their_titles_on_one_line() -> None:
    given = [TEA, {"title": " Our \n cups ", "url": " http://shop.example:8000/فنجان "}]
    assert checked_links(given) == [TEA, {"title": "Our cups", "url": "http://shop.example:8000/فنجان"}]


@pytest.mark.parametrize(
    "given",
    [
        "https://shop.example/",
        ["https://shop.example/"],
        [{"title": "Tea"}],
        [{"title": 1, "url": "https://shop.example/"}],
        [{"title": " ", "url": "https://shop.example/"}],
        [{"title": "x" * 61, "url": "https://shop.example/"}],
        [{"title": "Tea", "url": "/tea"}],
        [{"title": "Tea", "url": "//shop.example/"}],
        [{"title": "Tea", "url": "javascript:alert(1)"}],
        [{"title": "Tea", "url": "data:text/html,x"}],
        [{"title": "Tea", "url": "https://"}],
        [{"title": "Tea", "url": "https://[shop"}],
        [{"title": "Tea", "url": "https://user@shop.example/"}],
        [{"title": "Tea", "url": "https://shop.example/a b"}],
        [{"title": "Tea", "url": "https://shop.example/" + "x" * 500}],
        [TEA] * 6,
    ],
)
def test_anything_else_is_refused(given: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        checked_links(given)


def test_lines_are_what_was_kept_and_back() -> None:
    links = checked_links([{"title": "Delivery times", "url": "https://shop.example/delivery"}, TEA])
    assert links_of_lines(lines_of_links(links)) == links
    assert links_of_lines("\r\n  \r\nhttps://shop.example/") == [
        {"title": "", "url": "https://shop.example/"}
    ]
