"""What is queued is a finished mail, safe in every header, in one language."""

import pytest

from tenants.clock import now
from tenants.mail import queue_mail
from tenants.models import OutgoingMail, Timer
from tenants.scoping import TenantId, tenant_scope
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def invite(cast: Cast, *, language: str = "en", inviter: str = "Bob", **more: object) -> OutgoingMail:
    context = {"tenant_name": "Acme", "inviter": inviter, "link": "http://localhost/i/1", **more}
    with tenant_scope(TenantId(cast.acme.pk)):
        return queue_mail(to="carol@example.com", template="invitation", language=language, context=context)


def test_a_queued_mail_is_due_at_once(cast: Cast) -> None:
    mail = invite(cast)

    assert Timer.objects.get(kind="mail", subject_id=mail.pk, due_at__lte=now()).tenant_id == cast.acme.pk
    assert (mail.kind, mail.state, mail.attempts) == ("invitation", "queued", 0)


def test_another_tenant_does_not_see_the_mail(cast: Cast) -> None:
    mail = invite(cast)

    with tenant_scope(TenantId(cast.globex.pk)):
        assert not OutgoingMail.objects.filter(pk=mail.pk).exists()
        assert not OutgoingMail.across_tenants.filter(pk=mail.pk).exists()


def test_both_parts_say_the_same_and_the_plain_part_is_not_html(cast: Cast) -> None:
    mail = invite(cast, inviter="O'Hara & <b>Co</b>")

    assert "O'Hara & <b>Co</b> invites you" in mail.text
    assert "http://localhost/i/1" in mail.text
    assert "<bdi>O'Hara &amp; &lt;b&gt;Co&lt;/b&gt;</bdi> invites you" in mail.html
    assert 'href="http://localhost/i/1"' in mail.html


def test_styles_are_inside_the_elements_and_rules_for_dark_screens_stay(cast: Cast) -> None:
    html = invite(cast).html

    assert 'border-radius: 12px;padding: 28px;color: #131c27;"' in html
    assert "@media (prefers-color-scheme: dark)" in html


@pytest.mark.parametrize(
    ("language", "way", "side"), [("en", "ltr", "left"), ("fa", "rtl", "right"), ("ar", "rtl", "right")]
)
def test_the_direction_is_set_on_the_document_and_every_cell(
    cast: Cast, language: str, way: str, side: str
) -> None:
    html = invite(cast, language=language).html

    assert f'<html lang="{language}" dir="{way}"' in html
    assert f'<td class="card" align="{side}" dir="{way}"' in html


def test_a_line_break_in_a_name_never_becomes_a_header(cast: Cast) -> None:
    mail = invite(cast, inviter="Bob\r\nBcc: everyone@example.com")

    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def test_a_line_break_in_a_header_of_ours_is_taken_out(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)):
        mail = queue_mail(
            to="carol@example.com",
            template="invitation",
            language="en",
            headers={"References": "<a@b>\r\nBcc: x@y"},
        )

    assert mail.headers["References"] == "<a@b> Bcc: x@y"


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.com, b@example.com", "a@example.com\nBcc: b@example.com"]
)
def test_only_one_valid_address_is_taken(cast: Cast, address: str) -> None:
    with tenant_scope(TenantId(cast.acme.pk)), pytest.raises(ValueError, match="not one valid"):
        queue_mail(to=address, template="invitation", language="en")
    assert Timer.objects.filter(kind="mail").count() == 0


def test_an_unknown_language_is_refused(cast: Cast) -> None:
    with tenant_scope(TenantId(cast.acme.pk)), pytest.raises(ValueError, match="does not speak 'tlh'"):
        queue_mail(to="carol@example.com", template="invitation", language="tlh")


def test_a_way_to_unsubscribe_is_in_the_footer_and_in_the_headers(cast: Cast) -> None:
    mail = invite(cast, unsubscribe_url="http://localhost/unsubscribe/x/")

    assert mail.headers["List-Unsubscribe"] == "<http://localhost/unsubscribe/x/>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "http://localhost/unsubscribe/x/" in mail.text
    assert 'href="http://localhost/unsubscribe/x/"' in mail.html


def test_nobodys_holiday_notice_is_asked_for(cast: Cast) -> None:
    assert invite(cast).headers == {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def test_a_mail_that_was_queued_in_a_failed_transaction_does_not_exist(cast: Cast) -> None:
    def fail() -> None:
        with tenant_scope(TenantId(cast.acme.pk)):
            queue_mail(to="carol@example.com", template="invitation", language="en")
            raise RuntimeError("the action failed")

    with pytest.raises(RuntimeError):
        fail()
    assert Timer.objects.filter(kind="mail").count() == 0
