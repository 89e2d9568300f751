"""Reading filters: what is taken, and where it is said to be wrong."""

from typing import Any

import pytest

from conversations.filter_tree import Condition, Group, as_json, mentions, parse_filter
from tenants.errors import BadRequest

TAG = "0198a000-0000-7000-8000-000000000001"
OPEN = {"field": "status", "op": "is", "value": ["open"]}


def wrong(given: Any) -> dict[str, list[str]]:
    with pytest.raises(BadRequest) as refused:
        parse_filter(given)
    return refused.value.errors


def test_a_filter_is_read_as_a_tree_and_told_as_it_came() -> None:
    given = {
        "all": [
            OPEN,
            {
                "any": [
                    {"field": "tag", "op": "has_not", "value": [TAG]},
                    {"field": "created", "op": "before", "value": "2026-03-01"},
                    {"field": "waiting", "op": "over", "value": 30},
                ]
            },
        ]
    }
    tree = parse_filter(given)
    assert tree.parts[0] == Condition("status", "is", ("open",))
    assert isinstance(tree.parts[1], Group)
    assert (tree.parts[1].joined, len(tree.parts[1].parts)) == ("any", 3)
    assert as_json(tree) == given
    assert (mentions(tree, "tag"), mentions(tree, "spam")) == (True, False)


def test_values_are_tidied_and_taken_once() -> None:
    tree = parse_filter(
        {
            "any": [
                {"field": "tag", "op": "has", "value": [TAG.upper(), TAG]},
                {"field": "contact", "op": "contains", "value": "  Vera   Lane "},
            ]
        }
    )
    assert [part.value for part in tree.parts if isinstance(part, Condition)] == [(TAG,), "Vera Lane"]


@pytest.mark.parametrize(
    ("condition", "place"),
    [
        ({"field": "colour", "op": "is", "value": ["red"]}, "field"),
        ({"field": ["status"], "op": "is", "value": ["open"]}, "field"),
        ({"field": "status", "op": "has", "value": ["open"]}, "op"),
        ({"field": "status", "op": None, "value": ["open"]}, "op"),
        ({"field": "status", "op": "is", "value": ["closed"]}, "value"),
        ({"field": "status", "op": "is", "value": []}, "value"),
        ({"field": "status", "op": "is", "value": "open"}, "value"),
        ({"field": "status", "op": "is", "value": [1]}, "value"),
        ({"field": "tag", "op": "has", "value": ["billing"]}, "value"),
        ({"field": "inbox", "op": "is", "value": ["me"]}, "value"),
        ({"field": "team", "op": "is", "value": ["me"]}, "value"),
        ({"field": "operator", "op": "is", "value": ["nobody"]}, "value"),
        ({"field": "operator", "op": "is", "value": [TAG] * 21}, "value"),
        ({"field": "unread", "op": "is", "value": "true"}, "value"),
        ({"field": "waiting", "op": "over", "value": 0}, "value"),
        ({"field": "waiting", "op": "over", "value": True}, "value"),
        ({"field": "waiting", "op": "over", "value": 10**9}, "value"),
        ({"field": "created", "op": "within_days", "value": 1.5}, "value"),
        ({"field": "created", "op": "before", "value": "2026-02-30"}, "value"),
        ({"field": "updated", "op": "after", "value": "yesterday"}, "value"),
        ({"field": "contact", "op": "contains", "value": " "}, "value"),
        ({"field": "contact", "op": "contains", "value": "x" * 101}, "value"),
    ],
)
def test_a_wrong_condition_is_named_by_its_place(condition: dict[str, Any], place: str) -> None:
    assert list(wrong({"all": [OPEN, condition]})) == [f"filter.all.1.{place}"]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (None, "filter"),
        ([], "filter"),
        ({}, "filter"),
        ({"all": [OPEN], "any": [OPEN]}, "filter"),
        ({"all": OPEN}, "filter"),
        ({"none": [OPEN]}, "filter"),
        ({"all": []}, "filter"),
        ({"all": [OPEN, {"any": []}]}, "filter.all.1"),
        ({"all": [OPEN, "open"]}, "filter.all.1"),
        ({"all": [{**OPEN, "not": True}]}, "filter.all.0"),
        ({"all": [{"any": [{"all": [{"any": [OPEN]}]}]}]}, "filter.all.0.any.0.all.0"),
        ({"all": [OPEN] * 21}, "filter"),
        ({"all": [{"any": [OPEN] * 11}, {"any": [OPEN] * 10}]}, "filter"),
    ],
)
def test_a_wrong_group_is_named_by_its_place(given: Any, place: str) -> None:
    assert list(wrong(given)) == [place]


def test_all_that_is_wrong_is_told_at_once() -> None:
    bad = {"field": "status", "op": "is", "value": ["closed"]}
    assert list(wrong({"any": [bad, OPEN, {"all": [bad]}]})) == [
        "filter.any.0.value",
        "filter.any.2.all.0.value",
    ]


def test_three_groups_and_twenty_conditions_are_taken() -> None:
    tree = parse_filter({"all": [{"any": [{"all": [OPEN] * 10}, *[OPEN] * 10]}]})
    assert as_json(tree)["all"][0]["any"][0] == {"all": [OPEN] * 10}
