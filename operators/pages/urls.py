"""The addresses of the pages about people and of the business's settings."""

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from operators.pages import invitations, landing, presence
from operators.pages.settings import (
    api_keys,
    audit,
    follow_up,
    general,
    index,
    mail,
    people,
    profile,
    security,
    teams,
    workload,
)


def own_scope(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view that finds its tenant by itself."""
    view.opens_own_scope = True  # type: ignore[attr-defined]
    return view


people_patterns: list[Any] = [
    path("", people.list_people, name="settings_people"),
    path("invite/", people.invite, name="invite"),
    path("<uuid:operator_id>/workload/", workload.edit_workload, name="edit_workload"),
    path("<uuid:operator_id>/role/", people.set_role, name="set_role"),
    path("<uuid:operator_id>/status/", people.set_status, name="set_status"),
    path("<uuid:operator_id>/deactivate/", people.deactivate, name="deactivate_operator"),
    path("<uuid:operator_id>/reactivate/", people.reactivate, name="reactivate_operator"),
    path("invitations/<uuid:invitation_id>/resend/", people.resend, name="resend_invitation"),
    path("invitations/<uuid:invitation_id>/revoke/", people.revoke, name="revoke_invitation"),
]

settings_patterns: list[Any] = [
    path("", index.index, name="settings"),
    path("general/", general.general, name="settings_general"),
    path("follow-up/", follow_up.follow_up, name="settings_follow_up"),
    path("mail/", mail.list_mails, name="settings_mail"),
    path("mail/<uuid:mail_id>/retry/", mail.retry, name="retry_mail"),
    path("mail/<uuid:mail_id>/give-up/", mail.give_up, name="give_up_mail"),
    path("people/", include(people_patterns)),
    path("teams/", teams.list_teams, name="settings_teams"),
    path("teams/new/", teams.edit_team, name="new_team"),
    path("teams/<uuid:team_id>/", teams.edit_team, name="edit_team"),
    path("teams/<uuid:team_id>/delete/", teams.delete_team, name="delete_team"),
    path("api-keys/", api_keys.list_api_keys, name="settings_api_keys"),
    path("api-keys/new/", api_keys.make_api_key, name="new_api_key"),
    path("api-keys/<uuid:key_id>/rotate/", api_keys.rotate, name="rotate_api_key"),
    path("api-keys/<uuid:key_id>/revoke/", api_keys.revoke, name="revoke_api_key"),
    path("audit/", audit.audit, name="settings_audit"),
    path("audit/export/", audit.export_audit, name="export_audit"),
    path("profile/", profile.profile, name="settings_profile"),
    # django-allauth sends people here after they changed a second factor.
    path("security/", security.security, name="mfa_index"),
    path("security/sessions/<int:session_id>/end/", security.end_session, name="end_session"),
    path("security/sessions/end/", security.end_all_others, name="end_other_sessions"),
]

urlpatterns: list[Any] = [
    path("", landing.landing, name="landing"),
    path("language/", require_POST(set_language), name="set_language"),
    path("availability/", presence.availability, name="availability"),
    path("switch/", presence.switch_tenant, name="switch_tenant"),
    path("invitations/<str:token>/", own_scope(invitations.InvitationView.as_view()), name="invitation"),
    path("settings/", include(settings_patterns)),
    path("accounts/", include("operators.accounts.urls")),
]
