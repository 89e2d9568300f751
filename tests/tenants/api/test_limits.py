"""How much may be asked, and what is said about it."""

from pytest_django.fixtures import Settings

from tests.api import as_operator, with_key
from tests.cast import Cast


def test_an_answer_tells_how_much_is_left(cast: Cast, settings: Settings) -> None:
    settings.PARLEY_API_LIMITS = {"operator": (1, 5), "api_key": (1, 5), "tenant": (10, 50)}
    answer = as_operator(cast.alice).get("me")
    assert answer.status_code == 200
    assert (answer["RateLimit-Limit"], answer["RateLimit-Remaining"], answer["RateLimit-Reset"]) == (
        "5",
        "4",
        "1",
    )


def test_a_key_that_asks_too_much_waits_and_nobody_else_does(cast: Cast, settings: Settings) -> None:
    settings.PARLEY_API_LIMITS = {"operator": (0.1, 2), "api_key": (0.1, 2), "tenant": (10, 50)}
    greedy, other = with_key(cast.acme), with_key(cast.acme)
    assert [greedy.get("me").status_code for _ in range(3)] == [200, 200, 429]
    refused = greedy.get("me")
    assert (refused.json()["code"], refused["Content-Type"]) == (
        "too_many_requests",
        "application/problem+json",
    )
    assert 8 <= int(refused["Retry-After"]) <= 10
    assert (refused["RateLimit-Limit"], refused["RateLimit-Remaining"]) == ("2", "0")
    assert other.get("me").status_code == 200
    assert as_operator(cast.alice).get("me").status_code == 200


def test_a_tenants_keys_together_have_a_limit_that_leaves_other_tenants_alone(
    cast: Cast, settings: Settings
) -> None:
    settings.PARLEY_API_LIMITS = {"operator": (1, 9), "api_key": (1, 9), "tenant": (0.1, 3)}
    assert [with_key(cast.acme).get("me").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert with_key(cast.globex).get("me").status_code == 200


def test_a_refused_request_does_nothing(cast: Cast, settings: Settings) -> None:
    settings.PARLEY_API_LIMITS = {"operator": (0.1, 2), "api_key": (0.1, 1), "tenant": (10, 50)}
    api = with_key(cast.acme)
    assert [api.post("tags", {"name": name}).status_code for name in ("a", "b")] == [201, 429]
    names = [tag["name"] for tag in as_operator(cast.alice).get("tags").json()["results"]]
    assert names == ["a"]
