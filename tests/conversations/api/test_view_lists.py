"""Lists of conversations by view and by filter, in every order, and how many each holds."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.api import Api, as_operator
from tests.cast import Cast, begin, close, make_operator, make_visitor, reply
from tests.conversations.api.test_views import MINE, OPEN, saved


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def asked(api: Api, tree: Mapping[str, Any], **query: Any) -> Any:
    return api.get("conversations", filter=json.dumps(tree), **query)


def test_a_list_is_narrowed_by_a_view_a_filter_and_by_ids(cast: Cast) -> None:
    mine, free = begin(cast.vera, "Mine"), begin(make_visitor(cast.acme_widget, name="Walt"), "Free")
    reply(cast.alice, mine)
    done = begin(cast.vera, "Done")
    close(cast.alice, done)
    spam = begin(cast.vera, "Buy this")
    alice = as_operator(cast.alice)
    alice.post(f"conversations/{spam.pk}/spam", {"is_spam": True})
    view = saved(alice, "Not mine", filter={"all": [{"field": "operator", "op": "is_not", "value": ["me"]}]})
    either = {"any": [{"field": "status", "op": "is", "value": ["resolved"]}, *MINE["all"]]}

    assert set(ids(alice.get("conversations", view=view["id"]))) == {str(free.pk), str(done.pk)}
    assert set(ids(asked(alice, either))) == {str(mine.pk), str(done.pk)}
    assert ids(asked(alice, either, status="open")) == [str(mine.pk)]
    assert ids(asked(alice, either, ids=f"{free.pk},{done.pk}")) == [str(done.pk)]
    assert ids(asked(alice, OPEN, q="walt")) == [str(free.pk)]
    assert ids(asked(alice, OPEN, q="walt", ids=str(mine.pk))) == []
    # Spam is left out, unless the filter or the address speaks of it.
    assert str(spam.pk) not in ids(asked(alice, OPEN))
    assert ids(asked(alice, {"all": [{"field": "spam", "op": "is", "value": True}]})) == [str(spam.pk)]
    assert ids(asked(alice, OPEN, is_spam="true")) == [str(spam.pk)]
    # "Me" is whoever asks.
    assert ids(asked(as_operator(cast.bob), MINE)) == []
    assert ids(asked(as_operator(cast.mallory), OPEN, ids=str(free.pk))) == []


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"filter": "{"}, "filter"),
        ({"filter": "[]"}, "filter"),
        ({"filter": '{"all": [{"field": "status", "op": "is", "value": ["x"]}]}'}, "filter.all.0.value"),
        ({"filter": "x" * 4001}, "filter"),
        ({"ids": "1,2"}, "ids"),
        ({"sort": "subject"}, "sort"),
        ({"view": "0198a000-0000-7000-8000-000000000001", "filter": json.dumps(OPEN)}, "filter"),
    ],
)
def test_a_wrong_list_is_refused_by_the_place(cast: Cast, query: dict[str, str], place: str) -> None:
    answer = as_operator(cast.alice).get("conversations", **query)
    assert (answer.status_code, next(iter(answer.json()["errors"]))) == (400, place)


def test_every_order_is_paged_through_without_a_hole(cast: Cast) -> None:
    alice = as_operator(cast.alice)
    made = [str(begin(cast.vera, f"Message {number}").pk) for number in range(7)]
    for number, priority in ((1, "high"), (3, "urgent"), (4, "high"), (6, "low")):
        alice.post(f"conversations/{made[number]}/priority", {"priority": priority})
    expected = {
        "-last_activity_at": [6, 5, 4, 3, 2, 1, 0],
        "created_at": [0, 1, 2, 3, 4, 5, 6],
        "waiting": [0, 1, 2, 3, 4, 5, 6],
        "priority": [3, 4, 1, 6, 5, 2, 0],
    }
    for sort, order in expected.items():
        seen, cursor = [], None
        while True:
            page = asked(alice, OPEN, sort=sort, limit=2, **({"cursor": cursor} if cursor else {})).json()
            seen += [row["id"] for row in page["results"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert seen == [made[number] for number in order], sort
    cursor = alice.get("conversations", sort="created_at", limit=2).json()["next"]
    assert alice.get("conversations", sort="priority", cursor=cursor).status_code == 400


def test_views_are_counted_for_whoever_asks_and_no_further_than_a_hundred(cast: Cast) -> None:
    conversation = begin(cast.vera, "Hello")
    reply(cast.alice, conversation)
    shared = saved(as_operator(cast.bob), "Mine", filter=MINE, is_shared=True)["id"]
    alice, carol = as_operator(cast.alice), as_operator(make_operator(cast.acme, name="Carol"))
    own = saved(alice, "Open")["id"]
    assert alice.get("views/counts").json() == {"counts": {shared: 1, own: 1}}
    assert carol.get("views/counts").json() == {"counts": {shared: 0}}
    assert alice.get("views/count", filter=json.dumps(OPEN)).json() == {"count": 1, "is_more": False}
    assert alice.get("views/count", filter="{}").status_code == 400
