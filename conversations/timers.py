"""What becomes due in this app. Imported when the app is ready."""

from uuid import UUID

from conversations import absence, survey
from conversations import follow_up as follow_ups
from conversations.actions.change_status import reopen
from conversations.actions.distribute import KIND as DISTRIBUTE
from conversations.actions.distribute import distribute
from conversations.actions.end_transfer import TRANSFER_DUE, end_transfer
from conversations.actions.manage_blocks import KIND as BLOCK_OVER
from conversations.actions.manage_blocks import lift_block
from conversations.actions.route_conversation import route_conversation
from conversations.actions.say_automatically import KIND as SAY
from conversations.actions.say_automatically import say_automatically
from conversations.models import Block, Conversation
from conversations.notification_mail import mail_notification
from conversations.notifications import MAIL_DUE
from conversations.routing import ROUTE
from tenants.clock import now
from tenants.permissions import system_actor
from tenants.scoping import current_tenant_id
from tenants.timers import set_timer, timer


@timer("snooze_over")
def snooze_over(conversation_id: UUID) -> None:
    """Open a snoozed conversation when its time has come."""
    conversation = (
        Conversation.objects.select_for_update(no_key=True)
        .filter(pk=conversation_id, status=Conversation.Status.SNOOZED)
        .first()
    )
    if conversation is None or conversation.snoozed_until is None:
        return
    if conversation.snoozed_until > now():
        set_timer(kind="snooze_over", subject_id=conversation_id, due_at=conversation.snoozed_until)
        return
    reopen(actor=system_actor(current_tenant_id()), conversation_id=conversation_id)


@timer(follow_ups.KIND)
def follow_up_due(conversation_id: UUID) -> None:
    """Mail what the contact has not seen."""
    follow_ups.follow_up(conversation_id)


@timer(survey.KIND)
def survey_due(rating_id: UUID) -> None:
    """Mail the survey."""
    survey.send_survey(rating_id)


@timer(DISTRIBUTE)
def distribution_due(team_id: UUID) -> None:
    """Give out what waits in a team."""
    distribute(actor=system_actor(current_tenant_id()), team_id=team_id)


@timer(ROUTE)
def routing_due(conversation_id: UUID) -> None:
    """Bring a conversation to where it can be given out."""
    route_conversation(actor=system_actor(current_tenant_id()), conversation_id=conversation_id)


@timer(SAY)
def automatic_message_due(conversation_id: UUID) -> None:
    """Say what is due by itself."""
    say_automatically(conversation_id=conversation_id)


@timer(BLOCK_OVER)
def block_over(block_id: UUID) -> None:
    """Let in again whose time is over."""
    if Block.objects.filter(pk=block_id, expires_at__lte=now()).exists():
        lift_block(actor=system_actor(current_tenant_id()), block_id=block_id)


@timer(MAIL_DUE)
def notification_mail_due(notification_id: UUID) -> None:
    """Mail what an operator was told and has not read."""
    mail_notification(notification_id)


@timer(TRANSFER_DUE)
def transfer_due(offer_id: UUID) -> None:
    """Give a conversation back to who wanted to hand it over, when nobody took it in time."""
    end_transfer(actor=system_actor(current_tenant_id()), offer_id=offer_id)


@timer(absence.KIND)
def operator_gone(operator_id: UUID) -> None:
    """Set whoever has left away."""
    absence.look_for(operator_id)
