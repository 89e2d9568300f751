"""Stopping a tenant's mails: a page with a button, and the one-click POST of RFC 8058."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from conversations.actions.unsubscribe_contact import unsubscribe_contact
from conversations.mail_links import contact_of_unsubscribe
from conversations.models import Contact, Conversation
from conversations.pages.linked import linked_page, shown
from conversations.visitors import contact_actor
from tenants.errors import NotFound
from tenants.models import Tenant


@linked_page(contact_of_unsubscribe)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Show a button; POST stops the mails, POST with ``again`` allows them. GET changes nothing."""
    newest = (
        Conversation.objects.select_related("contact", "inbox")
        .filter(contact_id=contact_id)
        .order_by("-last_activity_at")
        .first()
    )
    if newest is None:
        raise NotFound()
    contact: Contact = newest.contact
    if request.method == "POST":
        contact = unsubscribe_contact(
            actor=contact_actor(contact=contact, inbox=newest.inbox),
            is_unsubscribed="again" not in request.POST,
        )
    context = {
        "tenant": Tenant.objects.get(pk=newest.tenant_id),
        "is_unsubscribed": contact.unsubscribed_at is not None,
        "is_changed": request.method == "POST",
    }
    return shown(request, "conversations/unsubscribe.html", context, language=newest.language)
