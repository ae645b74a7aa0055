"""The addresses that a crawl may connect to: public ones, and those of hosts that the user named.

Strangers write pages, listings, redirects and DNS answers. Without this policy, a public site can
lead the crawler to a service on the user's own machine or network, and the response is written to
the feed (server-side request forgery, CWE-918).
"""

from __future__ import annotations

import ipaddress
import socket
from functools import lru_cache
from typing import TYPE_CHECKING

from newsclean.urls import DEFAULT_PORTS, is_web_url, split_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address
    Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291, section 2.4; the rest is special
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class AddressPolicy:
    """Decides which resolved addresses of a host may be connected to.

    - A public address is allowed on the ports of *ports*.
    - An address in *networks* is allowed on every port.
    - A host and port that the user named (`name_url`) is allowed at any address. If the host
      resolved to a public address once, only such addresses are allowed from then on, so that
      DNS rebinding of a named public host has no effect.
    """

    def __init__(
        self, networks: Iterable[Network] = (), ports: Iterable[int] = DEFAULT_PORTS.values()
    ) -> None:
        self._networks = tuple(networks)
        self._ports = frozenset(ports)
        self._named: set[tuple[str, int]] = set()
        self._resolved_public: set[str] = set()

    def name_url(self, url: str) -> None:
        """Note that the user named the host and port of *url*. Port 80 includes port 443 and vice
        versa, because sites move from HTTP to HTTPS. Ignore a *url* without a host."""
        endpoint = endpoint_of(url)
        if endpoint is None:
            return
        host, port = endpoint
        ports = DEFAULT_PORTS.values() if port in DEFAULT_PORTS.values() else (port,)
        self._named.update((host, one) for one in ports)

    def permitted(self, host: str, port: int, addresses: Sequence[Address]) -> list[Address]:
        """Return those of *addresses*, to which *host* resolved, that may be connected to.

        >>> policy = AddressPolicy()
        >>> policy.permitted("news.example", 80, [ipaddress.ip_address("127.0.0.1")])
        []
        >>> policy.name_url("http://localhost:8000/")
        >>> policy.permitted("localhost", 8000, [ipaddress.ip_address("127.0.0.1")])
        [IPv4Address('127.0.0.1')]
        """
        host = host_key(host)
        in_networks = [one for one in addresses if self._is_in_networks(one)]
        public = [one for one in addresses if one in in_networks or is_public(one)]
        if (host, port) in self._named:
            if public:
                self._resolved_public.add(host)
                return public
            return [] if host in self._resolved_public else list(addresses)
        return public if port in self._ports else in_networks

    def _is_in_networks(self, address: Address) -> bool:
        real = _unwrapped(address)
        return any(real in network for network in self._networks)


@lru_cache(maxsize=4_096)  # each answer comes from an address
def is_public(address: Address) -> bool:
    """Return True if *address* is a unicast address of the public internet.

    False for loopback, private, shared (100.64.0.0/10), link-local, multicast, reserved,
    documentation and unspecified addresses. An IPv4 address that is embedded in an IPv6 one
    (mapped, 6to4, NAT64) is checked instead of the IPv6 address.

    >>> is_public(ipaddress.ip_address("::ffff:10.0.0.1"))
    False
    """
    real = _unwrapped(address)
    if isinstance(real, ipaddress.IPv6Address) and real not in _GLOBAL_UNICAST:
        return False
    return real.is_global and not real.is_multicast and not real.is_reserved


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that is embedded in *address*, or *address* itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def parse_networks(values: Iterable[str]) -> list[Network]:
    """Return *values*, networks in CIDR notation or single addresses. Raise ValueError with one
    line that names the value if it is neither.

    >>> parse_networks(["10.0.0.0/8"])
    [IPv4Network('10.0.0.0/8')]
    """
    networks: list[Network] = []
    for value in values:
        try:
            networks.append(ipaddress.ip_network(value.strip()))
        except ValueError:
            raise ValueError(
                f"NEWSCLEAN_ALLOW_NETWORKS: {value!r} is not a network, expected e.g. 10.0.0.0/8"
            ) from None
    return networks


def parse_ports(values: Iterable[str]) -> list[int]:
    """Return *values* as port numbers. Raise ValueError with one line that names an invalid value.

    >>> parse_ports(["80", "443"])
    [80, 443]
    """
    ports: list[int] = []
    for value in values:
        text = str(value).strip()
        if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 1 << 16):
            raise ValueError(f"NEWSCLEAN_ALLOW_PORTS: {value!r} is not a port, expected 1 to 65535")
        ports.append(int(text))
    return ports


@lru_cache(maxsize=1_024)  # called several times for each request
def endpoint_of(url: str) -> tuple[str, int] | None:
    """Return the host (as `host_key`) and port of the http or https *url*, or None.

    >>> endpoint_of("https://News.example/7")
    ('news.example', 443)
    """
    parts = split_url(url)
    if parts is None or not is_web_url(url):
        return None
    port = parts.port if parts.port is not None else DEFAULT_PORTS[parts.scheme]
    return host_key(parts.hostname or ""), port


def literal_address(host: str) -> Address | None:
    """Return the IP address in *host*, or None if *host* is a name. Accepts the spellings of the
    system's resolver: also ``127.1``, ``0x7f.1``, ``017700000001`` and ``2130706433``.

    >>> literal_address("127.1")
    IPv4Address('127.0.0.1')
    """
    try:
        return ipaddress.ip_address(host.partition("%")[0].strip("[]"))
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def host_key(host: str) -> str:
    """Return *host* in one spelling for comparisons: lower case, no final dot, punycode decoded.
    Scrapy has host names in ASCII, but Twisted's resolvers get them in Unicode.

    >>> host_key("XN--Kste-0ra.Example.")
    'küste.example'
    """
    labels = host.lower().rstrip(".").split(".")
    return ".".join(map(_unicode_label, labels))


def _unicode_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
