"""Private addresses are refused: addresses in, permitted ones out."""

import ipaddress
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from newsclean.middlewares import address_guard
from newsclean.middlewares.address_guard import (
    AddressGuardMiddleware,
    GuardedResolver,
    PrivateAddressError,
)
from tests.units import make

URL = "http://bay.example/1"
PUBLIC, PRIVATE = "93.184.215.14", "10.0.0.7"


class Resolver:
    """A resolver that knows one host, by two addresses."""

    def resolveHostName(self, receiver, *_):
        receiver.resolutionBegan(None)
        for address in (PRIVATE, PUBLIC):
            receiver.addressResolved(SimpleNamespace(host=address))
        receiver.resolutionComplete()


class Receiver:
    def __init__(self):
        self.got = []

    def resolutionBegan(self, _):
        self.got.append("began")

    def addressResolved(self, address):
        self.got.append(address.host)

    def resolutionComplete(self):
        self.got.append("complete")


@pytest.fixture
def guard(monkeypatch):
    guard = GuardedResolver(Resolver())
    monkeypatch.setattr(address_guard, "_install_guard", lambda: guard)
    return guard


def test_only_public_addresses_are_passed_on_while_a_crawl_runs(guard):
    middleware, _ = make(AddressGuardMiddleware)
    found = Receiver()
    guard.resolveHostName(found, "bay.example", 80)
    assert found.got == ["began", PUBLIC, "complete"]
    middleware.spider_closed()
    found = Receiver()
    guard.resolveHostName(found, "bay.example", 80)
    assert found.got == ["began", PRIVATE, PUBLIC, "complete"]


@pytest.mark.parametrize(
    ("address", "networks", "passes"),
    [
        (PUBLIC, [], True),
        (None, [], True),
        (PRIVATE, [], False),
        (PRIVATE, ["10.0.0.0/8"], True),
    ],
)
def test_an_answer_from_a_private_address_is_refused(guard, address, networks, passes):
    middleware, stats = make(AddressGuardMiddleware, NEWSCLEAN_ALLOW_NETWORKS=networks)
    response = Response(URL, ip_address=ipaddress.ip_address(address) if address else None)
    if passes:
        assert middleware.process_response(Request(URL), response) is response
        assert stats() == {}
        return
    with pytest.raises(PrivateAddressError, match="nor named by the user") as error:
        middleware.process_response(Request(URL), response)
    assert error.value.reason == "private-address"
    assert stats() == {"private_addresses": 1}


@pytest.mark.parametrize(
    ("url", "passes"),
    [(URL, True), (f"http://{PRIVATE}/", False), ("http://bay.example:22/", False)],
)
def test_what_a_proxy_is_to_ask_is_judged_by_its_url(guard, url, passes):
    middleware, stats = make(AddressGuardMiddleware)
    request = Request(url, meta={"proxy": "http://127.0.0.1:3128"})
    if passes:
        assert middleware.process_request(request) is None
    else:
        with pytest.raises(PrivateAddressError):
            middleware.process_request(request)
    assert stats() == ({} if passes else {"private_addresses": 1})


def test_a_host_that_was_refused_has_its_own_reason(guard):
    middleware, stats = make(AddressGuardMiddleware)
    error = CannotResolveHostError("no results")
    assert middleware.process_exception(Request(URL), error) is None
    assert guard.permitted("bay.example", 80, [ipaddress.ip_address(PRIVATE)]) == set()
    with pytest.raises(PrivateAddressError, match=rf"bay\.example \({PRIVATE}\) port 80"):
        middleware.process_exception(Request(URL), error)
    assert stats() == {"private_addresses": 1}
