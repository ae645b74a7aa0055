"""A name server of the tests: ``DNS_RESOLVER`` for crawls of hosts that do not exist."""

import json
import os

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

SETTING = ("-s", "DNS_RESOLVER=tests.crawls.stub_resolver.StubResolver")


def environment(**answers):
    """Return what makes the resolver answer *answers*: for each name (``_`` for a dot) the
    addresses of the first resolution, the second …; the last stay."""
    table = {name.replace("_", "."): given for name, given in answers.items()}
    return {"STUB_RESOLVER": json.dumps(table)}


@implementer(IHostnameResolver)
class StubResolver:
    def __init__(self, reactor):
        self.reactor = reactor
        self.system = reactor.nameResolver
        self.answers = json.loads(os.environ["STUB_RESOLVER"])

    @classmethod
    def from_crawler(cls, crawler, reactor):
        return cls(reactor)

    def install_on_reactor(self):
        self.reactor.installNameResolver(self)

    def resolveHostName(self, receiver, name, port=0, types=None, semantics="TCP"):
        answers = self.answers.get(name)
        if answers is None:
            return self.system.resolveHostName(receiver, name, port, types, semantics)
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        receiver.resolutionBegan(None)
        for address in addresses:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return None
