"""Front pages that can be used, and those that cannot."""

import pytest

from newsclean.cleaning.tree import parse_html
from newsclean.discovery.front import front_problem
from tests.linear import assert_linear

LINKS = "".join(f"<a href=/{number}>Report {number}</a>" for number in range(30))
PASSWORD = "<form><input name=user><input type=Password></form>"


@pytest.mark.parametrize(
    ("html", "path", "problem"),
    [
        (LINKS, "/", None),
        ("<p>Nothing today.</p>", "/", None),
        (LINKS + PASSWORD, "/", None),
        (LINKS, "/sso/done", None),
        (PASSWORD, "/", "login"),
        ("<p>Please wait</p><a href=/help>Help</a>", "/login?next=/", "login"),
        ("<p>Bitte</p>", "/anmelden/", "login"),
        ("<p>The author of the catalogue</p>", "/catalogin/author", None),
        ("", "/", "empty-page"),
        ("<html><head><title>Bay News</title></head><body> </body></html>", "/", "empty-page"),
    ],
)
def test_what_is_wrong_with_a_front_page(html, path, problem):
    assert front_problem(parse_html(html), path) == problem


def test_it_is_linear():
    def work(root):
        front_problem(root, "/login" * 2_000)

    assert_linear(work, lambda size: parse_html("<div>" * size), 50_000, 0.2)
