"""scrapy clean: bodies from files or standard input."""

import json

import pytest

from tests.crawls.run import scrapy

ESCAPED = (
    r"\u003cp\u003eRain \u003c!--SECURE_LINK_BEGIN_0--\u003eat"
    r"\u003c!--SECURE_LINK_END_0--\u003e last.\u003c/p\u003e"
)


def test_standard_input_and_what_changed(tmp_path):
    run = scrapy("clean", folder=tmp_path, stdin=ESCAPED.encode())
    assert (run.returncode, run.stdout) == (0, b"Rain at last.\n")
    assert run.stderr == b"-: unescape json 1; drop_markers SECURE_LINK 2\n"


def test_an_article_about_html_comes_out_as_it_went_in(tmp_path):
    text = r"<p>JSON writes &lt;p&gt; as <code>\u003cp\u003e</code>.</p>"
    run = scrapy("clean", "--html", folder=tmp_path, stdin=text.encode())
    assert run.stdout.decode().strip() == text
    assert b"no cleaning step changed the body" in run.stderr


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "utf-16"])
def test_files_in_any_charset(charset, tmp_path):
    body = "<p>今天上午，城南图书馆重新开放，读者可以在二楼借书。</p><p>馆长说翻修用了两年。</p>"
    (tmp_path / "a.html").write_bytes(body.encode(charset))
    run = scrapy("clean", "a.html", folder=tmp_path)
    assert "今天上午，城南图书馆重新开放" in run.stdout.decode()


def test_json_has_every_part(tmp_path):
    (tmp_path / "a").write_text('<p>One</p><img src="http://a.example/x.jpg" alt="x">')
    (tmp_path / "b").write_text("<p>Two</p>")
    run = scrapy("clean", "a", "b", "--json", folder=tmp_path)
    first, second = map(json.loads, run.stdout.splitlines())
    assert first["images"] == [{"url": "http://a.example/x.jpg"}]
    assert second == {
        "text": "Two",
        "html": "<p>Two</p>",
        "images": [],
        "videos": [],
        "audios": [],
        "changes": {},
    }


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["no-such-file"], "no-such-file"), (["--markdown"], "--markdown"), (["."], ".")],
)
def test_a_mistake_gets_one_line(arguments, named, tmp_path):
    run = scrapy("clean", *arguments, folder=tmp_path)
    assert run.returncode == 2
    assert run.stderr.count(b"\n") == 1
    assert named in run.stderr.decode()


def test_one_bad_file_does_not_harm_the_others(tmp_path):
    (tmp_path / "good").write_text("<p>Good</p>")
    run = scrapy("clean", "bad", "good", folder=tmp_path)
    assert (run.returncode, run.stdout.strip()) == (2, b"Good")


def test_numbers_of_any_size_are_copied(tmp_path):
    line = '{"text":"<p>Ü</p>","id":123456789012345678901234567890,"share":0.5}'
    run = scrapy("clean", "--field", "text", folder=tmp_path, stdin=line.encode())
    assert run.stdout.decode() == line.replace("<p>Ü</p>", "Ü") + "\n"


def test_names_and_fields_are_printed_without_controls(tmp_path):
    name = "a\x1b[31m.jsonl"
    (tmp_path / name).write_text('{"\\u001b[31m": "<p>Rain</p>"}')
    run = scrapy("clean", name, "no\x1b[31m", folder=tmp_path)
    assert run.returncode == 2
    assert b"--field '\xef\xbf\xbd[31m' 'a\xef\xbf\xbd[31m.jsonl'" in run.stderr
    assert b"\x1b" not in run.stderr
