"""The broker is killed, and comes back empty, while mails are on their way and operators work."""

import asyncio

import pytest

from tenants.mail import queue_mail
from tenants.models import OutgoingMail, Timer
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast
from tests.conversations.sockets.talk import session_cookie
from tests.faults.asking import ask
from tests.faults.stage import Stage, answers, wait_until
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def test_mails_that_an_emptied_broker_knew_nothing_of_are_sent_once(
    cast: Cast, stage: Stage, post: MailServer
) -> None:
    stage.worker.start()
    stage.beat.start()
    with tenant_scope(TenantId(cast.acme.pk)):
        first = queue_mail(to="carol@example.com", template="invitation", language="en")
    wait_until(lambda: len(post.accepted) == 1, "the first mail is sent")
    stage.kill_broker()
    with tenant_scope(TenantId(cast.acme.pk)):
        others = [
            queue_mail(to=f"guest{number}@example.com", template="invitation", language="en")
            for number in range(5)
        ]
    stage.broker.start()
    wait_until(lambda: not Timer.objects.filter(kind="mail").exists(), "the other mails are sent")

    assert sorted(message["Message-ID"] for message in post.accepted) == sorted(
        mail.message_id for mail in [first, *others]
    )
    with tenant_scope(TenantId(cast.acme.pk)):
        assert set(OutgoingMail.objects.values_list("state", "doubts")) == {("sent", 0)}


def test_worker_and_beat_that_start_before_the_broker_wait_for_it(
    cast: Cast, stage: Stage, post: MailServer
) -> None:
    stage.kill_broker()
    missing = str(stage.places.valkey_socket)
    stage.beat.start()
    stage.worker.start()
    wait_until(lambda: missing in stage.beat.log.read_text(), "beat misses the broker")
    wait_until(lambda: missing in stage.worker.log.read_text(), "the worker misses the broker")
    stage.broker.start()
    with tenant_scope(TenantId(cast.acme.pk)):
        queue_mail(to="carol@example.com", template="invitation", language="en")

    wait_until(lambda: len(post.accepted) == 1, "the mail is sent")
    assert (stage.beat.is_running, stage.worker.is_running) == (True, True)


def test_without_the_broker_an_operator_is_still_known_and_answered(cast: Cast, stage: Stage) -> None:
    headers = {"Cookie": session_cookie(cast.alice)}
    stage.webs[0].start()
    wait_until(lambda: answers(stage.ports[0]), "the web process answers")
    stage.kill_broker()

    found = [
        asyncio.run(ask(port=stage.ports[0], method="GET", path=path, headers=headers))
        for path in ("/api/v1/conversations", "/inbox/")
    ]

    assert [answer.status for answer in found] == [200, 200]
