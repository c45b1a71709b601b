"""Where a download may go: https to public addresses. A catalogue or a redirect must not reach into the own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from urllib.parse import urljoin, urlsplit

from assistant.errors import FetchError

Resolve = Callable[[str, int], Sequence[str]]
"""(host, port) → its IP addresses, as text; raises OSError."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses that the system knows for a host, without repeats, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def first_address(address: str, *, loopback: bool = False) -> str:
    """Return the address to ask first: a catalogue's http:// is asked for as https://."""
    if address.startswith("http://") and not loopback:
        return "https://" + address.removeprefix("http://")
    return address


def check_address(address: str, *, loopback: bool = False) -> tuple[str, int]:
    """Return (host, port) of an address that may be asked; raises FetchError saying why it may not.

    `loopback` allows http, and is for servers on this machine only: `places_of` then allows no other.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as problem:
        raise FetchError(f"{address!r} is no address: {problem}") from problem
    if parts.scheme != "https" and not (loopback and parts.scheme == "http"):
        raise FetchError(f"only https is asked, not {parts.scheme or 'no scheme'}: {address}")
    if not host:
        raise FetchError(f"{address!r} names no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"an address with a user name in it is not asked: {host}")
    if f".{host.rstrip('.')}".endswith((".localhost", ".local", ".internal")) and not loopback:
        raise FetchError(f"{host} is a name of the own network")
    return host, port or (443 if parts.scheme == "https" else 80)


def next_address(address: str, location: str, *, loopback: bool = False) -> str:
    """Return where a redirect leads; raises FetchError when that may not be asked."""
    if not location:
        raise FetchError(f"{address} redirects to nowhere")
    target = urljoin(address, location)
    try:
        check_address(target, loopback=loopback)
    except FetchError as problem:
        raise FetchError(f"a redirect was refused: {problem.reason}") from problem
    return target


def places_of(host: str, port: int, find: Resolve, *, loopback: bool = False) -> list[str]:
    """Return the IP addresses to connect to; raises FetchError when one of them is not public, or there is none.

    A name with one public and one private address is refused whole: that is how own networks are reached from outside.
    """
    try:
        found = list(find(host, port))
    except (OSError, UnicodeError) as problem:
        raise FetchError(f"the name {host} is not known ({problem})", again=True) from problem
    for place in found:
        if not (ipaddress.ip_address(place.split("%")[0]).is_loopback if loopback else is_public(place)):
            raise FetchError(f"{host} is at {place}, which is not an address of the public network")
    if not found:
        raise FetchError(f"the name {host} has no address", again=True)
    return found


def is_public(place: str) -> bool:
    """Return whether an IP address belongs to the public network, with what it may wrap (IPv4 in IPv6) looked at."""
    try:
        number = ipaddress.ip_address(place.split("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return number.is_global and not number.is_multicast and not number.is_reserved
