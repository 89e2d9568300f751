"""The Celery worker is killed in the middle of a mail, and in the middle of a timer."""

import pytest
from django.db import connection, transaction

from config.celery import app
from conversations.models import Message
from tenants.clock import now
from tenants.mail import queue_mail
from tenants.models import OutgoingMail, Timer
from tenants.scoping import TenantId, tenant_scope
from tenants.timers import set_timer
from tests.cast import Cast, begin, make_visitor, reply
from tests.faults.stage import Stage, wait_until
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def look_now(stage: Stage, task: str) -> None:
    """Say to the stage's worker what beat says."""
    with app.connection_for_write(f"redis+socket://{stage.places.valkey_socket}?virtual_host=0") as broker:
        app.send_task(task, connection=broker)


def the_mail(cast: Cast) -> OutgoingMail:
    with tenant_scope(TenantId(cast.acme.pk)):
        return OutgoingMail.objects.get()


def test_a_worker_killed_in_the_middle_of_a_mail_loses_and_doubles_nothing(
    cast: Cast, stage: Stage, post: MailServer
) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        mail = queue_mail(to="carol@example.com", template="invitation", language="en")
    post.hold_next = True
    stage.worker.start()
    look_now(stage, "tenants.send_mail")
    wait_until(post.is_holding.is_set, "the mail is on the wire")
    stage.worker.kill()
    assert (the_mail(cast).state, post.accepted) == ("sending", [])

    stage.worker.start()
    look_now(stage, "tenants.send_mail")
    # The dead worker's lease still runs; nobody touches the mail before it ends.
    Timer.objects.filter(kind="mail").update(due_at=now())

    def is_sent() -> bool:
        look_now(stage, "tenants.send_mail")
        return the_mail(cast).state == "sent"

    wait_until(is_sent, "another worker sends the mail")
    assert [message["Message-ID"] for message in post.accepted] == [mail.message_id]
    assert (the_mail(cast).doubts, the_mail(cast).attempts) == (1, 2)


def test_a_worker_killed_in_the_middle_of_a_timer_loses_and_doubles_nothing(
    cast: Cast, stage: Stage, post: MailServer
) -> None:
    paula = make_visitor(cast.acme_widget, name="Paula", email="paula@example.com")
    conversation = begin(paula, "Where is my order?")
    reply(cast.alice, conversation, "It left today.")
    with tenant_scope(TenantId(cast.acme.pk)):
        Message.objects.update(created_at=conversation.created_at.replace(year=2020))
        set_timer(kind="follow_up", subject_id=conversation.pk, due_at=now())
    stage.worker.start()

    with transaction.atomic(), connection.cursor() as cursor:
        # The handler wants this row, and gets no further while we have it.
        cursor.execute("SELECT set_config('parley.tenant_id', %s, true)", [str(cast.acme.pk)])
        cursor.execute(
            "SELECT id FROM conversations_conversation WHERE id = %s FOR UPDATE", [conversation.pk]
        )
        look_now(stage, "tenants.run_due_timers")
        wait_until(_somebody_waits_for_us, "the handler waits for the row")
        stage.worker.kill()
    assert Timer.objects.filter(kind="follow_up").count() == 1

    stage.worker.start()
    wait_until(lambda: _look_and_count(cast, stage) == 1, "another worker runs the timer")
    look_now(stage, "tenants.run_due_timers")
    wait_until(lambda: _has_been_sent(stage, post), "the mail is sent")

    # The timer of a mail goes with the note that it was sent, a moment after the server took it.
    wait_until(lambda: not Timer.objects.exists(), "no timer is left")
    assert len(post.accepted) == 1
    assert the_mail(cast).to == "paula@example.com"


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
        [waiting] = cursor.fetchone()
    return bool(waiting)


def _look_and_count(cast: Cast, stage: Stage) -> int:
    look_now(stage, "tenants.run_due_timers")
    with tenant_scope(TenantId(cast.acme.pk)):
        return OutgoingMail.objects.count()


def _has_been_sent(stage: Stage, post: MailServer) -> bool:
    look_now(stage, "tenants.send_mail")
    return bool(post.accepted)
