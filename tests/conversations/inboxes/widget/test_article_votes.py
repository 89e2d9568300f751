"""A visitor says whether an article helped: once, through the inbox their token is of."""

from typing import Any

import pytest
from django.test import Client

from conversations.models import Inbox
from tests.cast import Cast, make_inbox, make_visitor
from tests.conversations.articles import an_article, fresh
from tests.conversations.inboxes.widget.asking import bearing, change


def vote(client: Client, inbox: Inbox, article_id: Any, body: Any, token: str = "") -> Any:
    return client.post(
        f"/widget/{inbox.key}/en/articles/{article_id}/vote",
        body,
        content_type="application/json",
        headers=bearing(token) if token else {},
    )


def test_a_visitor_says_once_whether_it_helped(cast: Cast, client: Client) -> None:
    article = an_article(cast.acme)
    for helpful in (True, True, False):
        answer = vote(client, cast.acme_widget, article.pk, {"is_helpful": helpful}, cast.vera.token)
        assert answer.json() == {"is_helpful": helpful}
    assert (fresh(article).yes_count, fresh(article).no_count) == (0, 1)


def test_a_vote_needs_a_token_of_that_very_inbox(cast: Cast, client: Client) -> None:
    article = an_article(cast.acme)
    second = make_inbox(cast.acme, name="Second")
    assert vote(client, cast.acme_widget, article.pk, {"is_helpful": True}).status_code == 401
    assert vote(client, second, article.pk, {"is_helpful": True}, cast.vera.token).status_code == 404
    walt = make_visitor(cast.globex_widget, name="Walt")
    assert vote(client, cast.acme_widget, article.pk, {"is_helpful": True}, walt.token).status_code == 404
    change(cast.acme_widget, is_enabled=False)
    assert (
        vote(client, cast.acme_widget, article.pk, {"is_helpful": True}, cast.vera.token).status_code == 401
    )
    assert (fresh(article).yes_count, fresh(article).no_count) == (0, 0)


@pytest.mark.parametrize(
    "body", ["[]", "{}", '{"is_helpful": 1}', "x", '{"is_helpful":' + " " * 2000 + "true}"]
)
def test_a_vote_is_yes_or_no(cast: Cast, client: Client, body: str) -> None:
    article = an_article(cast.acme)
    assert vote(client, cast.acme_widget, article.pk, body, cast.vera.token).status_code == 400
