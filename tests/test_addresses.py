"""The policy of addresses, without a crawl."""

from ipaddress import ip_address

import pytest

from newsclean.addresses import (
    AddressPolicy,
    endpoint_of,
    host_key,
    is_public,
    literal_address,
    parse_networks,
    parse_ports,
)

LOOPBACK, PRIVATE, PUBLIC = map(ip_address, ("127.0.0.1", "10.1.2.3", "93.184.215.14"))

NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b::a00:1
64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: fc00::1 fd00:ec2::254 fe80::1
fec0::1 ff02::1 5f00::1
""".split()


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    "1.1.1.1 93.184.215.14 172.32.0.1 192.167.1.1 2606:4700:4700::1111 ::ffff:1.1.1.1"
    " 64:ff9b::101:101 2002:101:101::".split(),
)
def test_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    "127.0.0.1 127.1 127.0.1 0x7f.1 0x7f000001 017700000001 2130706433 0177.0.0.1 ::1".split(),
)
def test_every_spelling_of_loopback_is_read(host):
    address = literal_address(host)
    assert address is not None and address.is_loopback


@pytest.mark.parametrize("host", "news.example 1.2.3.4.example 127.0.0.1.example".split())
def test_names_are_no_addresses(host):
    assert literal_address(host) is None


def test_strangers_lead_to_public_addresses_on_web_ports_only():
    policy = AddressPolicy()
    assert policy.permitted("a.example", 443, [PUBLIC, PRIVATE]) == [PUBLIC]
    assert policy.permitted("a.example", 80, [LOOPBACK]) == []
    assert policy.permitted("a.example", 8080, [PUBLIC]) == []
    assert AddressPolicy(ports=[8080]).permitted("a.example", 8080, [PUBLIC]) == [PUBLIC]


def test_a_named_host_may_be_private_on_its_port_only():
    policy = AddressPolicy()
    policy.name_url("http://intranet:8000/news")
    assert policy.permitted("intranet", 8000, [PRIVATE]) == [PRIVATE]
    assert policy.permitted("INTRANET.", 8000, [PRIVATE]) == [PRIVATE]
    assert policy.permitted("intranet", 80, [PRIVATE]) == []
    assert policy.permitted("intranet", 6379, [PRIVATE]) == []
    assert policy.permitted("other", 8000, [PRIVATE]) == []


@pytest.mark.parametrize("url", ["http://intranet/", "https://intranet/", "https://intranet:80/"])
def test_http_and_https_on_their_own_ports_are_named_together(url):
    policy = AddressPolicy()
    policy.name_url(url)
    assert policy.permitted("intranet", 80, [PRIVATE]) == [PRIVATE]
    assert policy.permitted("intranet", 443, [PRIVATE]) == [PRIVATE]


def test_a_named_public_host_cannot_rebind_to_a_private_address():
    policy = AddressPolicy()
    policy.name_url("http://news.example/")
    assert policy.permitted("news.example", 80, [PUBLIC, PRIVATE]) == [PUBLIC]
    assert policy.permitted("news.example", 80, [PRIVATE]) == []


def test_allowed_networks_are_open_on_every_port():
    policy = AddressPolicy(parse_networks(["10.1.0.0/16", "::1"]))
    assert policy.permitted("a", 9200, [PRIVATE, LOOPBACK]) == [PRIVATE]
    assert policy.permitted("a", 80, [ip_address("::ffff:10.1.2.3")])
    assert policy.permitted("a", 80, [ip_address("::1")])


def test_names_in_unicode_and_in_punycode_are_the_same():
    assert host_key("xn--bcher-kva.example") == host_key("Bücher.example.") == "bücher.example"
    assert host_key("xn--.example") and host_key("xn--\udc80")


@pytest.mark.parametrize(
    "url", ["", "http://", "http://[::1", "http://a:b/", "ftp://a/", "http://a:99999/"]
)
def test_urls_without_an_endpoint(url):
    assert endpoint_of(url) is None
    AddressPolicy().name_url(url)


@pytest.mark.parametrize("value", ["10.0.0.0/33", "news.example", "", "10.0.0.1/8"])
def test_a_wrong_network_is_named(value):
    with pytest.raises(ValueError, match="NEWSCLEAN_ALLOW_NETWORKS"):
        parse_networks([value])


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1", "²"])
def test_a_wrong_port_is_named(value):
    with pytest.raises(ValueError, match="NEWSCLEAN_ALLOW_PORTS"):
        parse_ports([value])
