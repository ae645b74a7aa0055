"""Block requests to private addresses that the user did not name.

The check is in the resolver of the reactor. Twisted's `HostnameEndpoint` asks
``reactor.nameResolver`` for every host, including IP literals, and connects to the addresses that
it returns. So the checked address is the address of the connection. A check of the URL, or a DNS
lookup before the download, would not stop DNS rebinding and unusual spellings of an address.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.utils.datatypes import LocalCache
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from newsclean.addresses import (
    AddressPolicy,
    endpoint_of,
    host_key,
    literal_address,
    parse_networks,
    parse_ports,
)
from newsclean.sites import SiteRules
from newsclean.spiders.page import PageSpider

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress, IHostResolution

    from newsclean.addresses import Address

_MAX_REFUSALS = 10_000  # refused hosts and ports that are stored for the reason of the rejection


class PrivateAddressError(IgnoreRequest):
    """The host resolves to an address that is not public and that the user did not name."""

    reason = "private-address"


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves with *inner* and passes on only the addresses that a policy permits.

    ``policies`` holds the policy of each crawl on this reactor. Without a policy, every address is
    passed on. ``refused`` maps host and port to one of the addresses if none was permitted.
    """

    # Twisted's interfaces have methods without ``self``, which mypy cannot check: hence Any.
    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.policies: list[AddressPolicy] = []
        self.refused: LocalCache[tuple[str, int], Address] = LocalCache(_MAX_REFUSALS)

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve *hostName* for a connection to *portNumber*."""
        resolution: IHostResolution = self.inner.resolveHostName(
            _PermittedAddresses(self, resolutionReceiver, hostName, portNumber),
            hostName,
            portNumber,
            addressTypes,
            transportSemantics,
        )
        return resolution

    def permitted(self, host: str, port: int, addresses: Sequence[Address]) -> set[Address]:
        """Return the *addresses* that one of the policies permits."""
        if not self.policies:
            return set(addresses)
        found = {one for policy in self.policies for one in policy.permitted(host, port, addresses)}
        if addresses and not found:
            self.refused[host_key(host), port] = addresses[0]
        return found


@implementer(IResolutionReceiver)
class _PermittedAddresses:
    """Passes the permitted addresses on to *receiver* when the resolution is complete."""

    def __init__(self, guard: GuardedResolver, receiver: Any, host: str, port: int) -> None:
        self._guard = guard
        self._receiver = receiver
        self._host = host
        self._port = port
        self._found: list[Any] = []

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        self._found.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        parsed = [ipaddress.ip_address(one.host.partition("%")[0]) for one in self._found]
        permitted = self._guard.permitted(self._host, self._port, parsed)
        for address, one in zip(self._found, parsed, strict=True):
            if one in permitted:
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()


class AddressGuardMiddleware:
    """Installs the resolver for the duration of the crawl, and sets the reason of refused requests.

    The user names hosts in the URLs of the spider, the site rules in ``NEWSCLEAN_SITES``, proxies
    and ``NEWSCLEAN_ALLOW_NETWORKS``. A proxy resolves host names itself. For a request through a
    proxy, only the port and an IP literal are checked here.
    """

    def __init__(self, crawler: Crawler, policy: AddressPolicy) -> None:
        self.crawler = crawler
        self.policy = policy
        self.guard = _install_guard()
        self.guard.policies.append(policy)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware for *crawler*. Raise ValueError for a wrong setting."""
        settings = crawler.settings
        policy = AddressPolicy(
            parse_networks(settings.getlist("NEWSCLEAN_ALLOW_NETWORKS")),
            parse_ports(settings.getlist("NEWSCLEAN_ALLOW_PORTS")),
        )
        for url in _named_urls(crawler):
            policy.name_url(url)
        return cls(crawler, policy)

    def spider_closed(self) -> None:
        """Remove the policy of the crawl from the resolver."""
        self.guard.policies.remove(self.policy)

    def process_request(self, request: Request) -> None:
        """Permit the proxy of *request*, because the user chose it. Raise PrivateAddressError if
        the target can be refused by its URL."""
        proxy = request.meta.get("proxy")
        endpoint = endpoint_of(request.url) if proxy else None
        if not proxy or endpoint is None:
            return
        self.policy.name_url(proxy if "://" in proxy else f"http://{proxy}")
        address = literal_address(endpoint[0]) or _SOME_PUBLIC_ADDRESS
        if not self.policy.permitted(*endpoint, [address]):
            raise self._refusal(*endpoint, address)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raise PrivateAddressError instead of *exception* if the resolver refused the host."""
        endpoint = endpoint_of(request.url)
        if not isinstance(exception, CannotResolveHostError) or endpoint is None:
            return
        address = self.guard.refused.get(endpoint)
        if address is not None:
            raise self._refusal(*endpoint, address) from exception

    def process_response(self, request: Request, response: Response) -> Response:
        """Return *response*. Raise PrivateAddressError if a download handler that does not use the
        resolver of the reactor connected to a refused address."""
        endpoint = endpoint_of(request.url)
        address = response.ip_address
        if address is None or endpoint is None or request.meta.get("proxy"):
            return response
        if isinstance(address, str):  # of a handler that is not Scrapy's
            address = ipaddress.ip_address(address)
        if not self.guard.permitted(*endpoint, [address]):
            raise self._refusal(*endpoint, address)
        return response

    def _refusal(self, host: str, port: int, address: object) -> PrivateAddressError:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("newsclean/private_addresses")
        shown = "" if address == _SOME_PUBLIC_ADDRESS else f" ({address})"
        return PrivateAddressError(
            f"{host}{shown} port {port}: neither public nor named by the user"
        )


# The unknown address of a host name that a proxy will resolve. Only its port is checked.
_SOME_PUBLIC_ADDRESS = ipaddress.IPv4Address("1.1.1.1")


def _install_guard() -> GuardedResolver:
    """Return the guarded resolver of the running reactor. If there is none yet, install it before
    the present resolver (that of Scrapy's ``DNS_RESOLVER``)."""
    from twisted.internet import reactor  # noqa: PLC0415 - Scrapy chooses the reactor first

    running: Any = reactor
    if isinstance(running.nameResolver, GuardedResolver):
        return running.nameResolver
    guard = GuardedResolver(running.nameResolver)
    running.installNameResolver(guard)
    return guard


def _named_urls(crawler: Crawler) -> Iterator[str]:
    """Yield the URLs that the user of *crawler* named. Only their host and port matter."""
    spider = crawler.spider
    if isinstance(spider, PageSpider):
        yield from getattr(spider.arguments, "all_urls", list)()
    yield from getattr(spider, "start_urls", ())
    folder = crawler.settings.get("NEWSCLEAN_SITES")
    if folder:
        yield from (f"https://{host}/" for host in SiteRules.load([Path(folder)]).hosts())
