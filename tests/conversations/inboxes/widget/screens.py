"""Asking for the screens of the panel, and reading what is described."""

from typing import Any

from django.test import Client

from tests.cast import Cast
from tests.conversations.inboxes.widget.asking import bearing


def ask(client: Client, cast: Cast, name: str, *, language: str = "en", token: str = "", **query: str) -> Any:
    path = f"/widget/{cast.acme_widget.key}/{language}/screens/{name}"
    return client.get(path, query, headers=bearing(token or cast.vera.token))


def told(nodes: Any) -> list[str]:
    """Return the texts of nodes, in order."""
    return [
        text
        for node in nodes
        for text in ([node] if isinstance(node, str) else [] if isinstance(node, dict) else told(node[1:]))
    ]


def acts(nodes: Any) -> list[list[Any]]:
    """Return what controls do, in order."""
    return [
        act
        for node in nodes
        if isinstance(node, list)
        for act in ([node[1]["act"]] if "act" in node[1] else []) + acts(node[2:])
    ]


def home(client: Client, cast: Cast, **query: str) -> list[Any]:
    answer = ask(client, cast, "home", **query)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["nodes"])
