"""Whether an address is kept out. Addresses of visitors are kept as hashes, networks as they were written."""

import hashlib
from ipaddress import ip_address, ip_network
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet

from conversations.models import Block
from tenants.clock import now

MOST_BLOCKS: Final = 1000


def hash_address(address: str) -> str:
    """Return an address as something that can be compared but not read back without our key."""
    return hashlib.sha256(f"{settings.SECRET_KEY}:address:{address}".encode()).hexdigest() if address else ""


def standing() -> QuerySet[Block]:
    """Return the blocks that hold now, newest first."""
    alive = Block.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now()))
    return alive.select_related("contact").order_by("-created_at", "-pk")


def is_kept_out(address: str) -> bool:
    """Tell whether nobody is to come from an address; one that is unknown, or none, may."""
    if not address:
        return False
    known = Q(address_hashes__contains=[hash_address(address)]) | ~Q(network="")
    networks = list(standing().filter(known).values_list("network", flat=True))
    return any(not network or _is_in(address, network) for network in networks)


def _is_in(address: str, network: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    # An IPv4 address may come as part of an IPv6 one.
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found) in ip_network(network)
