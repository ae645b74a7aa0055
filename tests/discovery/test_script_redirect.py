"""Pages that only lead to another one by a script."""

import pytest

from newsclean.discovery.script_redirect import script_redirect

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
