"""The database goes away while a mail is on the wire: what came of it is known, and written down when it is back."""

import threading

import psycopg
import pytest
from psycopg import sql

from config.settings.test import DATABASE
from tenants.mail import queue_mail
from tenants.mail.delivery import send_due
from tenants.models import OutgoingMail, Timer
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast
from tests.mail_server import MailServer
from tests.servers import superuser_url

pytestmark = pytest.mark.django_db(transaction=True)

AWAY_SECONDS = 1.5


def let_in(*, anybody: bool) -> None:
    with psycopg.connect(superuser_url("postgres"), autocommit=True) as superuser:
        statement = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
        superuser.execute(statement.format(sql.Identifier(DATABASE), sql.Literal(anybody)))
        if not anybody:
            superuser.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [DATABASE]
            )


def go_away_for_a_moment() -> None:
    let_in(anybody=False)
    threading.Timer(AWAY_SECONDS, let_in, kwargs={"anybody": True}).start()


@pytest.mark.parametrize(("answer", "state", "sent"), [("250 OK", "sent", 1), ("451 later", "queued", 0)])
def test_what_the_server_answered_is_no_doubt(
    cast: Cast, post: MailServer, answer: str, state: str, sent: int
) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        mail = queue_mail(to="carol@example.com", template="invitation", language="en")
    post.before_answer, post.answers = go_away_for_a_moment, [answer]

    assert send_due(limit=1) == sent

    with tenant_scope(TenantId(cast.acme.pk)):
        mail.refresh_from_db()
    assert (mail.state, mail.doubts, mail.attempts, len(post.accepted)) == (state, 0, 1, sent)
    assert Timer.objects.filter(kind="mail").count() == 1 - sent
    with tenant_scope(TenantId(cast.acme.pk)):
        assert OutgoingMail.objects.count() == 1
