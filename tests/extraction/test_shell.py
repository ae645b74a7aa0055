"""Which pages are shells that only a browser fills."""

import pytest

from newsclean.cleaning.tree import parse_html
from newsclean.extraction.shell import is_shell, letters_of
from tests.linear import assert_linear
from tests.server import article_page

APP = "<script src=/app.js></script>"
TEXT = "The ferry to Kestrel Bay runs again, and nobody is more surprised than its captain. " * 8


@pytest.mark.parametrize(
    "html",
    [
        f"<body><div id=root></div>{APP}</body>",
        f"<body><div id=app>Loading …</div>{APP}<footer><a href=/imprint>Imprint</a></footer>",
        f"<body><noscript>{TEXT}</noscript><div id=app></div>{APP}",
        "<body><app-root></app-root><script type=module>import './main.js'</script>",
        f"<body><style>{'p{color:red}' * 200}</style><div id=app></div>{APP}",
    ],
)
def test_shells(html):
    assert is_shell(parse_html(html))


@pytest.mark.parametrize(
    "html",
    [
        f"<body><p>{TEXT}</p>{APP}",
        "<body><div id=root></div></body>",
        '<body><div id=root></div><script type="application/ld+json">{}</script>',
        f"<body>{''.join(f'<a href=/{n}>x</a>' for n in range(20))}{APP}",
        article_page(1).decode(),
        "",
    ],
)
def test_what_is_none(html):
    assert not is_shell(parse_html(html))


def test_letters_are_counted_without_markup():
    assert letters_of("<p class='long name'>Rain, at <b>last</b>!</p>") == 10
    assert letters_of(None) == 0


@pytest.mark.parametrize("part", ["<div>", "<script></script>", "<p> </p>", "<noscript>"])
def test_it_is_linear(part):
    assert_linear(is_shell, lambda size: parse_html("<body>" + part * size), 25_000, 0.2)
