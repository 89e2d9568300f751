"""The Markdown of articles: made into a small tree of allowed nodes, from which everything that shows it is drawn.

Whoever shows an article never meets HTML: a node is one of a few kinds, and text is text. What the tree has no node
for (HTML, scripts, pictures from elsewhere, links of unknown schemes) is shown as the words it was written with.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from markdown_it import MarkdownIt
from markdown_it.token import Token

from conversations.article_nodes import Builder, NodeShape, Pictures, image_id
from conversations.text import one_line

EXCERPT: Final = 160
_PARSER: Final = (
    MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": 40})
    .enable("linkify")
    .disable(["hr", "html_block", "html_inline"])
)


def tree_of(body: str, *, pictures: Pictures | None = None) -> list[NodeShape]:
    """Return the nodes of a body. ``pictures`` are those that may be shown; any other becomes its description."""
    return Builder(pictures or {}).blocks(_PARSER.parse(body))


def images_in(body: str) -> set[UUID]:
    """Return the ids of the pictures a body names."""
    named = set[UUID]()

    def note(token: Token) -> None:
        if token.type == "image" and (found := image_id(token)):
            named.add(found)

    _each(_PARSER.parse(body), note)
    return named


def plain_text(body: str) -> str:
    """Return what a body says, without its marks, blocks a line each."""
    return "\n".join(line for line in (_words(node) for node in tree_of(body)) if line)


def excerpt_of(body: str) -> str:
    """Return the beginning of what a body says, on one line of up to 160 characters."""
    paragraphs = [_words(node) for node in tree_of(body) if node["type"] != "heading"]
    return one_line(" ".join(paragraphs), length=EXCERPT)


def _words(node: NodeShape) -> str:
    if node["type"] in ("text", "code", "pre", "image"):
        return node.get("text", "")
    if node["type"] == "break":
        return " "
    between = "" if node["type"] in ("paragraph", "heading", "strong", "em", "link") else " "
    return between.join(_words(child) for child in node.get("children", []))


def _each(tokens: list[Token], do: Callable[[Token], None]) -> None:
    for token in tokens:
        do(token)
        _each(token.children or [], do)
