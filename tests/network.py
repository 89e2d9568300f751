"""Keeps tests on this machine: a connection or a look-up that leaves it is an error."""

import ipaddress
import sys
from typing import Any

LOCAL_NAMES = {"localhost", "localhost.localdomain", "", None}


class OutboundNetwork(RuntimeError):
    """A test tried to reach another machine."""


def is_local(host: Any) -> bool:
    """Say whether ``host`` (a name, an address or None) is this machine."""
    if isinstance(host, bytes):
        host = host.decode()
    if host in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return str(host).endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not is_local(host) and not (event == "socket.getaddrinfo" and _is_address(host)):
        raise OutboundNetwork(f"tests stay on this machine, and this one wants {host!r}")


def _is_address(host: Any) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def block_outbound() -> None:
    """Refuse outbound connections for the rest of this process. An audit hook sees every library's sockets."""
    sys.addaudithook(_refuse)
