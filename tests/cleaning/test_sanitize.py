"""The sanitiser removes everything that cleaning never writes, and changes nothing else."""

import pytest

from newsclean.cleaning import render
from newsclean.cleaning.body import clean_body
from newsclean.cleaning.sanitize import _cleaner, sanitize
from tests import linear


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<p onclick=x()>a</p>", "<p>a</p>"),
        ("<a href='javascript:x()'>a</a>", "<a>a</a>"),
        ("<img src='data:text/html,x' alt='a'>", '<img alt="a">'),
        ("<svg><style><img src=x onerror=y()></style></svg>b", '<img src="x">b'),
        ("<iframe src=https://a.example/></iframe>b", "b"),
    ],
)
def test_what_is_never_written_does_not_pass(html, wanted):
    assert sanitize(html) == wanted


@pytest.mark.parametrize(
    "html",
    [
        '<p>a <a href="tel:123">b</a></p>',
        "<pre>\n\nimport time\n</pre>",
        '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
        "<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>",
        '<figure><img src="https://a.example/1.jpg" alt=""><figcaption>b</figcaption></figure>',
        '<ol start="3"><li>a</li></ol>',
    ],
)
def test_what_is_written_passes_unchanged(html):
    assert sanitize(html) == html


def test_a_mistake_of_the_writer_lets_no_script_through(monkeypatch):
    written = render._Walk.run

    def careless(walk, root):
        found = written(walk, root)
        return found._replace(html=f"{found.html}<script>alert(1)</script>")

    monkeypatch.setattr(render._Walk, "run", careless)
    assert clean_body("<p>The pier reopens.</p>").html == "<p>The pier reopens.</p>"


@pytest.mark.parametrize(
    "unit", ["© ", "»", "&amp; ", "&amp;", "a\u00a0", "<b>x</b> &lt;", "é", "a", "\n"]
)
def test_long_texts_stay_as_they_are_and_take_linear_time(unit):
    def make(size):
        return f"<p>{unit * (size // len(unit))}</p><pre>\n{unit * 3_000}</pre>"

    assert sanitize(make(60_000)) == _cleaner().clean(make(60_000).replace("<pre>", "<pre>\n"))
    linear.assert_linear(sanitize, make, 500_000, 0.5)
