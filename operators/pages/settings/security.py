"""Settings: how one logs in, and where one is logged in. Open to people without a business too."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from operators.accounts.devices import device_name
from operators.pages.access import PersonRequest, person_page
from tenants.errors import NotFound


@require_safe
@person_page
def security(request: PersonRequest) -> HttpResponse:
    """Show password, e-mail address, second factor and sessions."""
    authenticators = {
        authenticator.type: authenticator for authenticator in Authenticator.objects.filter(user=request.user)
    }
    recovery = authenticators.get(Authenticator.Type.RECOVERY_CODES)
    sessions = sorted(
        UserSession.objects.purge_and_list(request.user),
        key=lambda session: session.last_seen_at,
        reverse=True,
    )
    context = {
        "totp": authenticators.get(Authenticator.Type.TOTP),
        "unused_codes": len(recovery.wrap().get_unused_codes()) if recovery else 0,
        "sessions": [
            (session, device_name(session.user_agent), session.session_key == request.session.session_key)
            for session in sessions
        ],
    }
    return render(request, "operators/settings/security.html", context)


@require_POST
@person_page
def end_session(request: PersonRequest, session_id: int) -> HttpResponse:
    """Log one of one's own other sessions out."""
    session = UserSession.objects.filter(pk=session_id, user=request.user).first()
    if session is None:
        raise NotFound
    is_own = session.session_key == request.session.session_key
    end_sessions(request, [session])
    if is_own:
        return redirect("account_login")
    messages.success(request, _("The session was ended."))
    return redirect("mfa_index")


@require_POST
@person_page
def end_all_others(request: PersonRequest) -> HttpResponse:
    """Log out everywhere but here."""
    end_other_sessions(request, request.user)
    messages.success(request, _("All other sessions were ended."))
    return redirect("mfa_index")
