"""The Markdown of articles becomes nodes of a few kinds, and nothing in it ever runs or leads astray."""

import json
from uuid import UUID

import pytest

from conversations.article_nodes import safe_href
from conversations.markdown import excerpt_of, images_in, plain_text, tree_of

CUP = UUID("01a20c4e-8f00-7000-8000-00000000000a")


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


def test_each_kind_of_mark_becomes_its_node() -> None:
    body = "# Sizes\n\nA **big** *cup*, `x`.\n\n1. one\n2. two\n\n> said\n\n```\na < b\n```"
    assert tree_of(body) == [
        {"type": "heading", "level": 2, "children": [text("Sizes")]},
        {
            "type": "paragraph",
            "children": [
                text("A "),
                {"type": "strong", "children": [text("big")]},
                text(" "),
                {"type": "em", "children": [text("cup")]},
                text(", "),
                {"type": "code", "text": "x"},
                text("."),
            ],
        },
        {
            "type": "list",
            "is_ordered": True,
            "start": 1,
            "children": [
                {"type": "item", "children": [text("one")]},
                {"type": "item", "children": [text("two")]},
            ],
        },
        {"type": "quote", "children": [{"type": "paragraph", "children": [text("said")]}]},
        {"type": "pre", "text": "a < b"},
    ]


def test_a_picture_of_ours_is_shown_and_any_other_is_its_description() -> None:
    body = f"![the *blue* cup](image:{CUP}) ![spy](https://evil.example/x.png) ![no](image:nothing)"
    picture = {"src": "/files/articles/1", "width": 8, "height": 6}
    assert tree_of(body, pictures={CUP: picture}) == [  # type: ignore[dict-item]
        {
            "type": "paragraph",
            "children": [{"type": "image", "text": "the blue cup", **picture}, text(" spy no")],
        }
    ]
    assert images_in(body) == {CUP}


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "text <iframe src='//evil.example'></iframe> text",
        "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "[x](file:///etc/passwd)",
        "[x](//evil.example)",
        "[x](/settings/)",
        "[x](https://bank.example@evil.example/)",
        "[x](image:01a20c4e-8f00-7000-8000-00000000000a)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
        "![x](https://evil.example/pixel.png)",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_what_could_do_harm_is_words(body: str) -> None:
    told = json.dumps(tree_of(body))
    assert '"href"' not in told
    assert '"src"' not in told
    assert {node["type"] for node in tree_of(body)} <= {"paragraph"}


@pytest.mark.parametrize(
    ("href", "is_kept"),
    [
        ("https://shop.example/returns?x=1#top", True),
        ("http://shop.example", True),
        ("mailto:hello@shop.example", True),
        ("tel:+37060000000", True),
        ("https:///nowhere", False),
        ("https://bank.example\\@evil.example", False),
        ("ftp://shop.example", False),
        ("", False),
    ],
)
def test_links_lead_to_pages_mail_and_telephones_alone(href: str, *, is_kept: bool) -> None:
    assert safe_href(href) == (href if is_kept else "")


def test_a_bare_address_is_a_link() -> None:
    [paragraph] = tree_of("See https://shop.example/care today")
    assert paragraph["children"][1]["href"] == "https://shop.example/care"


def test_deep_nesting_is_cut_and_quick() -> None:
    told = json.dumps(tree_of("> " * 3000 + "deep"))
    assert told.count('"quote"') <= 12
    assert len(json.dumps(tree_of("*a " * 10_000))) < 100_000
    assert len(json.dumps(tree_of("[" * 10_000))) < 100_000


def test_search_and_excerpt_read_the_words_alone() -> None:
    body = "## Sizes\n\nA **big** [cup](https://shop.example/cup).\n\n- one\n- two"
    assert plain_text(body) == "Sizes\nA big cup.\none two"
    assert excerpt_of(body) == "A big cup. one two"
    assert len(excerpt_of("word " * 100)) == 160
