"""The screens of the panel: described for the visitor who asks, with nothing of anybody else in them."""

from django.test import Client

from conversations.models import Contact
from tenants.scoping import TenantId, tenant_scope
from tests.browser.widget.visiting import be_online
from tests.cast import Cast, begin, make_inbox, make_visitor, reply
from tests.conversations.articles import an_article
from tests.conversations.inboxes.widget.asking import bearing, change, open_session
from tests.conversations.inboxes.widget.screens import acts, ask, home, told

LINKS = [{"title": "Tea", "url": "https://shop.example/tea"}]


def test_the_home_greets_by_name_and_shows_who_is_here(cast: Cast, client: Client) -> None:
    assert told(home(client, cast)) == ["Hello, Vera!", "How can we help?", "Write to us"]
    be_online(cast.alice)
    be_online(cast.mallory)
    assert told(home(client, cast))[2:4] == ["A", "Here now: Alice"]
    with tenant_scope(TenantId(cast.acme.pk)):
        Contact.objects.filter(pk=cast.vera.contact_id).update(name="")
    change(cast.acme_widget, settings={"greetings": {"en": "Tea?"}})
    assert told(home(client, cast))[0] == "Tea?"


def test_news_and_links_are_those_of_the_language(cast: Cast, client: Client) -> None:
    change(cast.acme_widget, settings={"announcement": {"en": "New tea"}, "links": {"en": LINKS}})
    shown = home(client, cast)
    assert "New tea" in told(shown)
    leading = {
        "class": "item",
        "href": "https://shop.example/tea",
        "target": "_blank",
        "rel": "noopener noreferrer",
    }
    assert shown[-1] == [
        "nav",
        {"class": "list", "aria-label": "Links"},
        ["a", leading, ["b", {"dir": "auto"}, "Tea"]],
    ]
    persian = ask(client, cast, "home", language="fa").json()["nodes"]
    assert "New tea" not in told(persian)
    assert "Tea" not in told(persian)


def test_conversations_are_listed_by_their_first_words(cast: Cast, client: Client) -> None:
    first = begin(cast.vera, "Where is my parcel? " * 5, "Hello?")
    second = begin(cast.vera, "A broken cup")
    reply(cast.alice, first)
    begin(make_visitor(cast.acme_widget, name="Walt"), "Not hers")
    shown = home(client, cast)
    titles = [text for text in told(shown) if text.startswith(("Where", "A broken", "Not hers", "Unread"))]
    assert titles == [("Where is my parcel? " * 5).strip()[:59].rstrip() + "…", "Unread", "A broken cup"]
    assert acts(shown) == [["chat", str(first.pk)], ["chat", str(second.pk)], ["chat", "new"]]


def test_more_than_three_conversations_are_a_step_away(cast: Cast, client: Client) -> None:
    begun = [str(begin(cast.vera, f"Number {number}").pk) for number in range(4)]
    newest_first = [["chat", pk] for pk in reversed(begun)]
    assert acts(home(client, cast)) == [*newest_first[:3], ["chat", "new"], ["go", "conversations"]]
    everything = ask(client, cast, "conversations").json()["nodes"]
    assert acts(everything) == [*newest_first, ["chat", "new"]]


def test_screens_are_for_visitors_of_that_very_inbox_in_a_language_it_speaks(
    cast: Cast, client: Client
) -> None:
    article = an_article(cast.acme)
    second = make_inbox(cast.acme, name="Second")
    walt = make_visitor(cast.globex_widget, name="Walt")
    for name in ("home", "conversations", "found", "typed", f"articles/{article.pk}"):
        path = f"/widget/{cast.acme_widget.key}/en/screens/{name}"
        assert client.get(path).status_code == 401
        assert client.get(path, headers=bearing(walt.token)).status_code == 404
        assert (
            client.get(
                path.replace(cast.acme_widget.key, second.key), headers=bearing(cast.vera.token)
            ).status_code
            == 404
        )
        assert ask(client, cast, name, language="de").status_code == 404
        assert ask(client, cast, name)["Cache-Control"] == "no-store"
    assert ask(client, cast, "nothing").status_code == 404
    assert ask(client, cast, f"articles/{an_article(cast.globex).pk}").status_code == 404
    assert (
        ask(client, cast, f"articles/{an_article(cast.acme, 'Draft', is_published=False).pk}").status_code
        == 404
    )


def test_the_session_brings_the_forms_in_the_language_of_the_panel(cast: Cast, client: Client) -> None:
    forms = open_session(client, cast.acme_widget, language="en").json()["forms"]
    assert told(forms["after"]) == [
        "Where can we reach you if you leave?",
        "Your name",
        "E-mail",
        "Save",
        "Not now",
    ]
    assert acts(forms["after"]) == [["decline"]]
    assert told(forms["first"])[0] == "Who are we talking to?"
    persian = open_session(client, cast.acme_widget, language="fa").json()["forms"]
    assert told(persian["away"])[0] != told(forms["away"])[0]
