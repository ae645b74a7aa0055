"""Pages that only lead to another one by a script."""

import pytest

from newsclean.discovery.script_redirect import MAX_SIZE, script_redirect
from tests.linear import assert_linear

LINKS = "<a href=/1>Rain</a>" * 4


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ("<title>Bay</title><script>window.location.href = '/cn/';</script>", "/cn/"),
        ('<script>top.location="cn/index.html"</script><noscript>No scripts</noscript>',
         "cn/index.html"),
        ('<script>document.location = "cn/index.html";</script>', "cn/index.html"),
        ("<body onload='x()'><script>setTimeout(\"location.replace('/b')\", 9)</script>", "/b"),
        ("<script>if (m) location.href='/wap/'; else location.href='/www/'</script>", "/www/"),
        ("<script>location.href='//m.bay.example/'</script>", "//m.bay.example/"),
        ("<script>// location.href = '/old'\nlocation.href = 'http://b.example/'</script>",
         "http://b.example/"),
        ("<script>/* location = '/old' */ location = '/new'</script>", "/new"),
        ("<script>if (ios) { x() } location = '/b'</script>", "/b"),
        ("<script>if (a) top.location = '/b'</script>", "/b"),
        ("<script>function go() { location = '/b' } go()</script>", "/b"),
        ("<script>function go() { location = '/b' } setTimeout(go, 9)</script>", "/b"),
        ("<body onload='go()'><script>function go() { location = '/b' }</script>", "/b"),
        ("<script>window.onload = function () { location = '/b' }</script>", "/b"),
        ("<script>addEventListener('load', () => { location = '/b' })</script>", "/b"),
        ("<script>(function () { location = '/b' })()</script>", "/b"),
        ("<script>setTimeout(function () { location = '/b' }, 9)</script>", "/b"),
        # What needs a click.
        ("<button onclick='go()'>Log in</button><script>function go() { location = '/b' }</script>",
         None),
        ("<script>var go = function () { if (a) { b() } location = '/b' }</script>", None),
        ("<script>x.onclick = function () { location = '/b' }</script>", None),
        ("<script>x.addEventListener('click', () => { location = '/b' })</script>", None),
        ("<script>$(x).on('click', function (e) { location = '/b' })</script>", None),
        # What needs a frame, or a mobile browser.
        ("<script>if (top != self) { top.location.href = '/7.html' }</script>", None),
        ("<script>if (top != self) location = '/7.html'</script>", None),
        ("<script>if (self == top) window.location = '/frames.html'</script>", None),
        ("<script>if (/Mobi/.test(navigator.userAgent)) location = '//m.bay.example/'</script>",
         None),
        ("<script>location.href = '/n?id=' + id</script>", None),
        ("<script>if (location == '/a') x()</script>", None),
        ("<script>location.hash = '#top'</script>", None),
        ("<script>location.href = '/cn/'</script>" + LINKS, None),
        (f"<script>location.href = '/cn/'</script><p>{'Rain again. ' * 30}</p>", None),
        ("<p>location = '/cn/'</p>", None),
        (f"<script>location.href = '/cn/'</script>{' ' * 20_000}", None),
    ],
)  # fmt: skip
def test_the_target(html, target):
    assert script_redirect(html) == target


@pytest.mark.parametrize(
    "piece",
    ["location='/a';", "{", "function a(){", "a=function(", "'a',", "if(top", "(a", "(a)=>{", "a=",
     "if(top){location='/a';", "onload=", "/*", "<!--", "<script>"],
)  # fmt: skip
def test_linear_time(piece):
    def make(size):
        return "<script>location" + piece * (size // len(piece)) + "{location='/a'"

    assert_linear(script_redirect, make, MAX_SIZE // 5, noise=0.1)
