"""The nodes an article is shown as, made from a Markdown parser's tokens. Pure; see ``conversations.markdown``."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, NotRequired, TypedDict
from urllib.parse import urlsplit
from uuid import UUID

from markdown_it.token import Token

NodeType = Literal[
    "paragraph",
    "heading",
    "list",
    "item",
    "quote",
    "pre",
    "text",
    "strong",
    "em",
    "code",
    "link",
    "image",
    "break",
]


class NodeShape(TypedDict):
    """A node of an article. Which fields it has, its type says.

    paragraph, quote, item, strong, em: ``children``. heading: ``level`` (2 to 4) and ``children``. list:
    ``is_ordered``, ``start`` and ``children`` (items). link: ``href`` (http, https, mailto or tel) and ``children``.
    text, code (in a line), pre (a block of code): ``text``. image: ``src``, ``text`` (what it shows), ``width`` and
    ``height`` in pixels. break: nothing.
    """

    type: NodeType
    children: NotRequired[list["NodeShape"]]
    text: NotRequired[str]
    level: NotRequired[int]
    is_ordered: NotRequired[bool]
    start: NotRequired[int]
    href: NotRequired[str]
    src: NotRequired[str]
    width: NotRequired[int]
    height: NotRequired[int]


class Picture(TypedDict):
    src: str
    width: int
    height: int


Pictures = Mapping[UUID, Picture]
IMAGE: Final = "image:"
# Deeper than anybody writes; what lies below is left out.
MAX_DEPTH: Final = 12


_BLOCKS: Final[dict[str, NodeType]] = {
    "paragraph": "paragraph", "heading": "heading", "bullet_list": "list", "ordered_list": "list",
    "list_item": "item", "blockquote": "quote", "strong": "strong", "em": "em", "link": "link",
}  # fmt: skip


def safe_href(href: str) -> str:
    """Return an address that may be linked to, or nothing: http and https with a plain host, mailto, tel."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https"):
        # A name before the host is there to deceive: https://bank.example@evil.example
        return href if parts.netloc and "@" not in parts.netloc and "\\" not in href else ""
    return href if parts.scheme in ("mailto", "tel") and parts.path else ""


def image_id(token: Token) -> UUID | None:
    """Return the id of the picture a token names, if it is one of ours."""
    source = str(token.attrs.get("src", ""))
    try:
        return UUID(source.removeprefix(IMAGE)) if source.startswith(IMAGE) else None
    except ValueError:
        return None


class Builder:
    """Turns the parser's flat list of tokens, where things open and close, into nodes within nodes."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures

    def blocks(self, tokens: list[Token]) -> list[NodeShape]:
        """Return the nodes of a whole body."""
        root: list[NodeShape] = []
        # Of what opens too deep, or is a link that leads nowhere good, only the inside is kept.
        open_lists: list[list[NodeShape]] = [root]
        for token in self._flat(tokens):
            if token.nesting > 0:
                node = self._opened(token) if len(open_lists) <= MAX_DEPTH else None
                if node is None:
                    open_lists.append(open_lists[-1])
                else:
                    open_lists[-1].append(node)
                    open_lists.append(node.setdefault("children", []))
            elif token.nesting < 0:
                open_lists.pop()
            elif leaf := self._leaf(token):
                _append(open_lists[-1], leaf)
        return root

    def _flat(self, tokens: list[Token]) -> Iterator[Token]:
        for token in tokens:
            if token.type == "inline":
                yield from token.children or []
            else:
                yield token

    def _opened(self, token: Token) -> NodeShape | None:
        name = token.type.removesuffix("_open")
        kind = _BLOCKS.get(name)
        if kind is None or (kind == "paragraph" and token.hidden):
            return None
        node: NodeShape = {"type": kind}
        if kind == "heading":
            # The article's title is the first heading of the page it stands on.
            node["level"] = min(4, int(token.tag[1:]) + 1)
        elif kind == "list":
            node["is_ordered"] = name == "ordered_list"
            node["start"] = int(token.attrs.get("start", 1))
        elif kind == "link":
            href = safe_href(str(token.attrs.get("href", "")))
            if not href:
                return None
            node["href"] = href
        return node

    def _leaf(self, token: Token) -> NodeShape | None:
        if token.type == "image":
            return self._image(token)
        if token.type in ("fence", "code_block"):
            return {"type": "pre", "text": token.content.rstrip("\n")}
        if token.type == "code_inline":
            return {"type": "code", "text": token.content}
        if token.type == "hardbreak":
            return {"type": "break"}
        text = " " if token.type == "softbreak" else token.content
        return {"type": "text", "text": text} if text else None

    def _image(self, token: Token) -> NodeShape | None:
        found = image_id(token)
        picture = self._pictures.get(found) if found else None
        shows = " ".join("".join(child.content for child in token.children or []).split())
        if picture is None:
            return {"type": "text", "text": shows} if shows else None
        return {
            "type": "image",
            "text": shows,
            "src": picture["src"],
            "width": picture["width"],
            "height": picture["height"],
        }


def _append(nodes: list[NodeShape], leaf: NodeShape) -> None:
    """Add a leaf; text beside text is one text."""
    last: dict[str, Any] | None = dict(nodes[-1]) if nodes else None
    if leaf["type"] == "text" and last and last["type"] == "text":
        nodes[-1] = {"type": "text", "text": last["text"] + leaf["text"]}
    else:
        nodes.append(leaf)
