"""The page of who is kept out."""

from django.test import Client

from conversations.actions.manage_blocks import block_contact
from conversations.models import Block
from tests.cast import Cast
from tests.operators.scenes import logged_in, nothing_changes, within

PAGE = "/settings/blocks/"


def test_a_network_is_kept_out_listed_and_let_in_again(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    assert "Nobody is blocked" in client.get(PAGE).content.decode()
    sent = {"network": "203.0.113.0/24", "hours": "24", "note": "Floods us"}
    assert client.post(PAGE, sent).status_code == 302
    page = client.get(PAGE).content.decode()
    assert "203.0.113.0/24" in page
    assert "Floods us" in page
    with within(cast.acme):
        block = Block.objects.get()
    client.post(f"{PAGE}{block.pk}/lift/")
    assert "Nobody is blocked" in client.get(PAGE).content.decode()


def test_what_is_no_network_is_said_beside_it(cast: Cast, client: Client) -> None:
    logged_in(client, cast.bob)
    with nothing_changes(cast.acme):
        page = client.post(PAGE, {"network": "tea", "hours": "0"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["network"])


def test_an_operator_sees_the_list_and_lets_visitors_in_but_no_networks(cast: Cast, client: Client) -> None:
    with within(cast.acme):
        block = block_contact(actor=cast.alice.actor, contact_id=cast.vera.contact_id)
    logged_in(client, cast.alice)
    page = client.get(PAGE)
    assert "Vera" in page.content.decode()
    assert "Block a network" not in page.content.decode()
    with nothing_changes(cast.acme):
        assert client.post(PAGE, {"network": "203.0.113.7", "hours": "0"}).status_code == 422
    assert client.post(f"{PAGE}{block.pk}/lift/").status_code == 302
