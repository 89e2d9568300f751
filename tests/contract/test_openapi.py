"""The API does what its document says, whatever is sent: random requests, valid and broken, at the running site."""

from collections import defaultdict
from functools import cache
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from pytest_django.fixtures import Settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from conversations.actions.manage_article_categories import create_article_category
from conversations.actions.manage_articles import create_article
from conversations.actions.manage_canned_replies import create_canned_reply
from conversations.actions.manage_tags import create_tag
from conversations.actions.manage_views import create_view
from conversations.actions.write_article import write_text
from operators.actions.manage_teams import create_team
from tenants.api.schema import CHAPTERS, openapi
from tenants.permissions import system_actor
from tenants.scoping import TenantId, tenant_scope
from tests.api import make_key
from tests.cast import begin, make_cast, reply

# Requests of each operation, with valid content and with broken.
EXAMPLES = 4


@cache
def operations() -> dict[str, list[Any]]:
    """Return the document's operations by chapter."""
    made = defaultdict(list)
    for result in schemathesis.openapi.from_dict(openapi()).get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]  # our document is valid: it raises if not
        made[operation.definition.raw["tags"][0]].append(operation)
    return made


def a_world() -> tuple[str, dict[str, str]]:
    """Make the cast and something of everything; return a key's token and the ids by their names."""
    cast = make_cast()
    conversation = begin(cast.vera, "My parcel is late", "Are you there?")
    reply(cast.alice, conversation)
    tenant_id = TenantId(cast.acme.pk)
    with tenant_scope(tenant_id):
        actor = system_actor(tenant_id)
        tag = create_tag(actor=actor, name="parcel")
        canned = create_canned_reply(actor=actor, shortcut="hi", title="Hello", text="Hello!")
        category = create_article_category(actor=actor, names={"en": "Delivery"})
        article = create_article(actor=actor, category_id=category.pk)
        write_text(actor=actor, article_id=article.pk, language="en", title="Parcels", body="Late.")
        team = create_team(actor=actor, name="Sales", member_ids=[cast.alice.pk])
        tree = {"all": [{"field": "unread", "op": "is", "value": True}]}
        view = create_view(actor=actor, name="Unread", filter=tree, is_shared=True)
    # Not the keys, invitations and operators: the test asks with the first and would end the others.
    return make_key(cast.acme).token, {
        "conversation_id": str(conversation.pk),
        "contact_id": str(cast.vera.contact_id),
        "inbox_id": str(cast.acme_widget.pk),
        "tag_id": str(tag.pk),
        "article_id": str(article.pk),
        "category_id": str(category.pk),
        "language": "en",
        "reply_id": str(canned.pk),
        "team_id": str(team.pk),
        "view_id": str(view.pk),
    }


def with_real_ids(case: Any, ids: dict[str, str]) -> None:
    """Replace the well-formed ids of a case's JSON body by those of rows that exist."""
    if isinstance(case.body, dict) and case.media_type == "application/json":
        known = {name: ids[name] for name, value in case.body.items() if name in ids and _is_uuid(value)}
        if known:
            case.body = case.body | known


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 36 and bool(UUID(value))
    except ValueError:
        return False


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_api_answers_as_its_document_says(site: str, settings: Settings, chapter: str) -> None:
    settings.PARLEY_API_LIMITS = dict.fromkeys(settings.PARLEY_API_LIMITS, (1_000_000, 1_000_000))
    token, ids = a_world()
    for operation in operations()[chapter]:
        for mode in GenerationMode:
            ask_at_random(operation, site=site, token=token, ids=ids, mode=mode)


def ask_at_random(
    operation: Any, *, site: str, token: str, ids: dict[str, str], mode: GenerationMode
) -> None:
    place = {name: ids[name] for name in ids if f"{{{name}}}" in operation.path}
    has_more = len(operation.body) or len(operation.query)

    @bounded(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(
            generation_mode=mode,
            path_parameters=place if place and (has_more or mode is GenerationMode.POSITIVE) else None,
        )
    )
    def ask(case: Any) -> None:
        with_real_ids(case, ids)
        case.call_and_validate(
            base_url=site,
            headers={"Authorization": f"Bearer {token}"},
            # What is well-formed may still be refused: a moment that is past, a team that is not there. That
            # nobody may ask without a key is what tests/architecture/test_routes.py proves of every route.
            excluded_checks=[positive_data_acceptance, ignored_auth],
        )

    ask()
