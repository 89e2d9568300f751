"""Help in the panel: articles found, read, asked about, and suggested while somebody writes."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conversations.articles import an_article, fresh
from tests.conversations.inboxes.widget.asking import change
from tests.conversations.inboxes.widget.screens import acts, ask, home, told


def test_articles_are_suggested_for_the_page_and_found_by_words(cast: Cast, client: Client) -> None:
    card = an_article(cast.acme, "Paying by card", pages=("/checkout*",))
    gift = an_article(cast.acme, "Gift cards", views=7)
    an_article(cast.globex, "Foreign gift")
    assert acts(home(client, cast))[1:] == [["go", f"articles/{gift.pk}"], ["go", f"articles/{card.pk}"]]
    here = home(client, cast, url="https://shop.example/checkout/1")
    assert acts(here)[1:] == [["go", f"articles/{card.pk}"], ["go", f"articles/{gift.pk}"]]
    slots = ask(client, cast, "found", query="gift").json()["slots"]
    assert acts(slots["found"]) == [["go", f"articles/{gift.pk}"], ["chat"]]
    assert slots["count"] == ["1 article found"]
    nothing = ask(client, cast, "found", query="elephant").json()["slots"]
    assert told(nothing["found"]) == ["Nothing found for “elephant”.", "Still need help?", "Write to us"]
    assert nothing["count"] == ["Nothing found for “elephant”."]


def test_an_article_is_read_counted_and_asked_about(cast: Cast, client: Client) -> None:
    article = an_article(
        cast.acme, "Delivery", "## When\n\nIn *two* days, [see](https://shop.example/)\n\n2. a\n3. b"
    )
    shown = ask(client, cast, f"articles/{article.pk}").json()["nodes"]
    its = {"lang": "en", "dir": "ltr"}
    link = ["a", {"href": "https://shop.example/", "target": "_blank", "rel": "noopener noreferrer"}, "see"]
    assert shown[:2] == [
        ["h2", {"tabIndex": -1, **its}, "Delivery"],
        [
            "div",
            {"class": "article", **its},
            ["h3", {}, "When"],
            ["p", {}, "In ", ["em", {}, "two"], " days, ", link],
            ["ol", {"start": 2}, ["li", {}, "a"], ["li", {}, "b"]],
        ],
    ]
    yes, no, chat = acts(shown)
    assert (yes[0], yes[1]["path"], yes[1]["is_helpful"]) == ("vote", f"articles/{article.pk}/vote", True)
    assert (no[1]["is_helpful"], chat) == (False, ["chat"])
    assert fresh(article).view_count == 1


def test_up_to_three_articles_answer_what_is_being_written(cast: Cast, client: Client) -> None:
    for number in range(4):
        an_article(cast.acme, f"Parcel {number}")
    typed = ask(client, cast, "typed", query="my parcel").json()["slots"]["typed"]
    assert (told(typed)[0], len(acts(typed))) == ("This may help", 3)
    assert ask(client, cast, "typed", query="elephant").json() == {"slots": {"typed": []}}
    assert ask(client, cast, "typed", query=" ").json() == {"slots": {"typed": []}}


@pytest.mark.parametrize(
    ("mode", "offered"),
    [
        ("contact_first", [True, True]),
        ("equal", [True, True]),
        ("help_first", [False, True]),
        ("help_only", [False, False]),
    ],
)
def test_the_chat_is_offered_as_the_help_mode_says(
    cast: Cast, client: Client, mode: str, offered: list[bool]
) -> None:
    change(cast.acme_widget, settings={"help_mode": mode})
    article = an_article(cast.acme)
    homes = [home(client, cast), home(client, cast, looked="1")]
    assert [["chat", "new"] in acts(shown) for shown in homes] == offered
    shown = ask(client, cast, f"articles/{article.pk}").json()["nodes"]
    assert (["chat"] in acts(shown)) is (mode != "help_only")
