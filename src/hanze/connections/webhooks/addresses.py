"""Where a webhook may go: to an address that an administrator wrote, and never into our own network."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

# Within these an IPv4 address is written that a gateway would reach for us.
THROUGH_A_GATEWAY = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


class AddressError(ValueError):
    """An address that nothing is sent to; its text says why."""


@dataclass(frozen=True)
class Target:
    """An address taken apart: `host` as it is named, `path` with its query."""

    host: str
    port: int
    path: str
    secure: bool


def target_of(address: str) -> Target:
    """The parts of an address. Raises AddressError for one that no webhook goes to."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise AddressError(_("This is not an address.")) from error
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_TO_PRIVATE_ADDRESSES):
        raise AddressError(_("The address has to start with https://."))
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise AddressError(_("Write the address without name, password or #."))
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii() or any(character.isspace() for character in path):
        raise AddressError(_("This is not an address."))
    return Target(parts.hostname, port or (443 if secure else 80), path, secure)


def numbers_of(target: Target) -> Sequence[str]:
    """The network addresses behind a name, looked up now. Raises AddressError when there is none, or when any of them
    is not on the public internet (unless a setting allows that)."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressError(_("This name cannot be found.")) from error
    numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not settings.WEBHOOKS_TO_PRIVATE_ADDRESSES and not all(is_public(number) for number in numbers):
        raise AddressError(_("This address is in a private network; nothing is sent there."))
    return numbers


def is_public(number: str) -> bool:
    """Whether a network address is on the public internet, also when it is wrapped in an IPv6 one."""
    address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            address = inner
        elif any(address in network for network in THROUGH_A_GATEWAY):
            return False
    return address.is_global and not address.is_multicast
