"""What the panel shows without knowing it: small trees that its second half draws (``more/draw.tsx``).

A node is a text, or ``[tag, properties, *children]``. Properties are those of the element, and five of our own:
``act`` (what a control does: its name, and an argument), ``on`` (what tells whether it is pressed: a name, and an
argument), ``slot`` (a place whose children a later answer exchanges), ``ask`` (a field whose words are searched for as
they are written), and ``dateTime``, a moment that is told on the visitor's own clock. The panel's policy lets no text
become script, whatever a node says.
"""

from typing import Any, Final

from conversations.article_nodes import NodeShape

Node = str | list[Any]

_PLAIN: Final = {
    "paragraph": "p",
    "item": "li",
    "quote": "blockquote",
    "strong": "strong",
    "em": "em",
    "break": "br",
}


def drawn(nodes: list[NodeShape]) -> list[Node]:
    """Return the nodes of an article as nodes of a screen; its headings stand below the screen's own."""
    return [_drawn(node) for node in nodes]


def _drawn(node: NodeShape) -> Node:
    kind, children = node["type"], drawn(node.get("children", []))
    match kind:
        case "text":
            return node.get("text", "")
        case "code" | "pre":
            return [kind, {"dir": "ltr"}, node.get("text", "")]
        case "heading":
            return [f"h{max(3, node.get('level', 3))}", {}, *children]
        case "list":
            return (
                ["ol", {"start": node.get("start", 1)}, *children]
                if node.get("is_ordered")
                else ["ul", {}, *children]
            )
        case "link":
            return ["a", leading_to(node.get("href", "")), *children]
        case "image":
            size = {"width": node.get("width"), "height": node.get("height")}
            return ["img", {"src": node.get("src"), "alt": node.get("text", ""), **size}]
        case _:
            return [_PLAIN[kind], {}, *children]


def leading_to(url: str, *, style: str = "") -> dict[str, str]:
    """Return the properties of a link that leaves the panel where it is."""
    return {
        **({"class": style} if style else {}),
        "href": url,
        "target": "_blank",
        "rel": "noopener noreferrer",
    }
