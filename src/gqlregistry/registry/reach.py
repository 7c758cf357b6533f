"""Where the server itself may connect to on somebody's behalf: no address that only it, or its own network, reaches."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from gqlregistry.errors import BadInput
from gqlregistry.registry.values import check_text

MAX_URL = 2048

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Reach:
    """What the server's operator allows."""

    private_addresses: bool = False
    plain_http: bool = False

    def allows(self, address: str) -> bool:
        """Whether an IP address may be connected to."""
        return self.private_addresses or is_public(address)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, also when it is written inside of another one."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def check_url(url: str, reach: Reach, field: str = "url") -> str:
    """Raise `BadInput` unless the server may send to this URL, as far as it tells without looking its host up."""
    check_text(url, "a URL", field, MAX_URL)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        url.encode("ascii")
    except ValueError:
        raise BadInput("this URL can't be read: write https://host/path, in ASCII", field) from None
    if parts.scheme not in ("https", "http") or not host or any(char <= " " or char == "\x7f" for char in url):
        raise BadInput("this is no URL to send to: write https://host/path", field)
    if parts.scheme == "http" and not reach.plain_http:
        raise BadInput("only https is allowed: GQLREGISTRY_WEBHOOK_PLAIN_HTTP of the server would allow http", field)
    if parts.username is not None or parts.password is not None:
        raise BadInput("a URL with a user or a password is not taken: what is sent is signed", field)
    if not _may_be(host, reach):
        raise BadInput(
            f"{host} is not an address of the internet: GQLREGISTRY_WEBHOOK_PRIVATE_ADDRESSES of the server would "
            "allow it",
            field,
        )
    return url


def _may_be(host: str, reach: Reach) -> bool:
    try:
        return reach.allows(host)
    except ValueError:
        # A name: which address it means is seen when it is connected to.
        return reach.private_addresses or host.lower().rstrip(".") != "localhost"
