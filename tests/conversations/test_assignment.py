"""Who gets the next conversation, rule by rule."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from conversations.assignment import (
    Asked,
    Candidate,
    Match,
    Mode,
    Rules,
    Waiting,
    distribution,
    in_order,
    weight_of,
)
from conversations.regions import Region, team_for

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALICE, BOB, CAROL = (UUID(int=number) for number in (1, 2, 3))
FIRST, SECOND, THIRD = (UUID(int=number) for number in (11, 12, 13))


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def waiting(
    pk: UUID = FIRST,
    *,
    since: float = 1,
    weight: int = 100,
    is_urgent: bool = False,
    language: str = "en",
    last: UUID | None = None,
    asked: dict[UUID, Asked] | None = None,
) -> Waiting:
    return Waiting(
        id=pk,
        since=ago(since),
        weight=weight,
        is_urgent=is_urgent,
        language=language,
        last_operator_id=last,
        asked=asked or {},
    )


def operator(
    pk: UUID,
    *,
    load: int = 0,
    limit: int = 400,
    got: float | None = None,
    languages: str = "",
    is_available: bool = True,
) -> Candidate:
    return Candidate(
        id=pk,
        is_available=is_available,
        load=load,
        limit=limit,
        languages=frozenset(languages.split()),
        last_got_at=None if got is None else ago(got),
    )


def given(
    conversations: list[Waiting],
    operators: list[Candidate],
    *,
    mode: Mode = "round_robin",
    last: bool = False,
) -> list[tuple[UUID, UUID]]:
    rules = Rules(mode=mode, prefers_last_operator=last)
    matches = distribution(rules=rules, waiting=conversations, operators=operators, at=NOW)
    assert all(isinstance(match, Match) for match in matches)
    return [(match.conversation_id, match.operator_id) for match in matches]


def test_a_team_that_picks_by_hand_is_given_nothing() -> None:
    assert given([waiting()], [operator(ALICE)], mode="manual") == []


def test_in_turn_whoever_got_nothing_for_longest_gets_the_next() -> None:
    assert given([waiting()], [operator(ALICE, got=1), operator(BOB, got=2)]) == [(FIRST, BOB)]
    assert given([waiting()], [operator(ALICE, got=1), operator(BOB)]) == [(FIRST, BOB)]


def test_by_load_the_smallest_share_of_the_own_limit_gets_the_next() -> None:
    team = [operator(ALICE, load=200, limit=800), operator(BOB, load=100, limit=200)]
    assert given([waiting()], team, mode="least_busy") == [(FIRST, ALICE)]


def test_several_are_spread_over_those_who_are_there() -> None:
    three = [waiting(FIRST, since=3), waiting(SECOND, since=2), waiting(THIRD, since=1)]
    team = [operator(ALICE, got=3), operator(BOB, got=2), operator(CAROL, got=1)]
    assert given(three, team) == [(FIRST, ALICE), (SECOND, BOB), (THIRD, CAROL)]
    assert given(three, team, mode="least_busy") == [(FIRST, ALICE), (SECOND, BOB), (THIRD, CAROL)]


def test_nobody_gets_more_than_their_limit_and_five_mails_weigh_one_chat() -> None:
    assert (weight_of("widget"), weight_of("email")) == (100, 20)
    assert given([waiting()], [operator(ALICE, load=301)]) == []
    assert given([waiting()], [operator(ALICE, load=300)]) == [(FIRST, ALICE)]
    mails = [waiting(UUID(int=20 + number), weight=20) for number in range(7)]
    assert len(given(mails, [operator(ALICE, load=300)])) == 5


def test_a_conversation_that_is_too_heavy_now_holds_up_no_lighter_one() -> None:
    chat, mail = waiting(FIRST, since=5), waiting(SECOND, since=1, weight=20)
    assert given([chat, mail], [operator(ALICE, load=380)]) == [(SECOND, ALICE)]


def test_whoever_is_away_or_takes_nothing_gets_nothing() -> None:
    assert given([waiting()], [operator(ALICE, is_available=False), operator(BOB, limit=0)]) == []


def test_urgent_ones_come_first_then_the_longest_wait() -> None:
    rows = [waiting(FIRST, since=2), waiting(SECOND, since=3), waiting(THIRD, since=1, is_urgent=True)]
    assert [one.id for one in in_order(rows, at=NOW)] == [THIRD, SECOND, FIRST]


def test_after_a_quarter_of_an_hour_everybody_is_urgent() -> None:
    rows = [waiting(FIRST, since=14, is_urgent=True), waiting(SECOND, since=15), waiting(THIRD, since=14.9)]
    assert [one.id for one in in_order(rows, at=NOW)] == [SECOND, FIRST, THIRD]


def test_whoever_speaks_the_language_comes_first_and_the_others_when_they_cannot() -> None:
    lituanist = operator(ALICE, got=1, languages="lt en")
    anglicist = operator(BOB, got=9, languages="en")
    assert given([waiting(language="lt")], [lituanist, anglicist]) == [(FIRST, ALICE)]
    assert given([waiting(language="lt")], [operator(ALICE, limit=0), anglicist]) == [(FIRST, BOB)]
    assert given([waiting(language="lt")], [lituanist, operator(CAROL, got=9)]) == [(FIRST, CAROL)]


def test_the_last_operator_is_preferred_only_where_the_team_wants_it() -> None:
    team = [operator(ALICE, got=1), operator(BOB, got=9)]
    assert given([waiting(last=ALICE)], team) == [(FIRST, BOB)]
    assert given([waiting(last=ALICE)], team, last=True) == [(FIRST, ALICE)]
    assert given([waiting(last=ALICE)], [operator(ALICE, limit=0), operator(BOB)], last=True) == [
        (FIRST, BOB)
    ]


def test_whoever_was_asked_is_not_asked_again_while_another_was_not() -> None:
    asked = {ALICE: Asked(times=1, over_at=ago(60))}
    team = [operator(ALICE, got=60, languages="en"), operator(BOB, got=1, languages="fa")]
    assert given([waiting(asked=asked, last=ALICE)], team, last=True) == [(FIRST, BOB)]


def test_whoever_is_alone_is_asked_again_after_a_pause_that_doubles() -> None:
    def asked(times: int, seconds: float) -> list[tuple[UUID, UUID]]:
        before = {ALICE: Asked(times=times, over_at=NOW - timedelta(seconds=seconds))}
        return given([waiting(asked=before)], [operator(ALICE)])

    assert (asked(1, 29), asked(1, 30)) == ([], [(FIRST, ALICE)])
    assert (asked(3, 119), asked(3, 120)) == ([], [(FIRST, ALICE)])
    assert (asked(500, 1799), asked(500, 1800)) == ([], [(FIRST, ALICE)])


def test_a_conversation_goes_to_the_most_particular_team_of_its_language_and_country() -> None:
    anywhere = Region(team_id=ALICE)
    lithuanian = Region(team_id=BOB, languages=frozenset({"lt", "en"}))
    of_lithuania = Region(team_id=CAROL, languages=frozenset({"lt"}), countries=frozenset({"LT"}))
    regions = [anywhere, lithuanian, of_lithuania]
    assert team_for(language="lt", country="LT", regions=regions) == CAROL
    assert team_for(language="lt", country="LV", regions=regions) == BOB
    assert team_for(language="en", country="", regions=regions) == BOB
    assert team_for(language="fa", country="LT", regions=regions) is None
