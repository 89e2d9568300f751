"""The short version of `make faults`: three cases, 24 visitors and six operators of two tenants, two web processes."""

import asyncio

import pytest

from tests.faults.cases import Case, broker_emptied, link_cut, web_killed
from tests.faults.run import Outcome, Run, as_lines
from tests.faults.scene import Scale, make_houses
from tests.faults.stage import Stage
from tests.mail_server import MailServer
from tests.servers import superuser_url

pytestmark = pytest.mark.django_db(transaction=True)

SCALE = Scale(visitors=24, operators=6, tenants=2, rate=20, seconds=5, away=2, patience=60)


def outcome_of(case: Case, stage: Stage, post: MailServer) -> Outcome:
    houses = make_houses(SCALE, prefix=case.__name__.replace("_", ""))
    run = Run(stage=stage, post=post, houses=houses, scale=SCALE, seed=7, database=superuser_url())
    return asyncio.run(run.go(case))


def test_nothing_is_lost_or_doubled_or_out_of_order_whatever_dies(stage: Stage, post: MailServer) -> None:
    stage.start()

    outcomes = [outcome_of(case, stage, post) for case in (web_killed, broker_emptied, link_cut)]

    assert [as_lines(outcome.findings) for outcome in outcomes] == ["", "", ""]
    assert [set(outcome.faults.values()) for outcome in outcomes] == [{0}, {0}, {0}]
    assert [outcome.messages for outcome in outcomes] == [100, 100, 100]
