"""Every attack over HTTP in one crawl, beside honest pages: those are exported, these explained."""

import json

import pytest

from newsclean.settings import ITEM_PIPELINES
from tests.crawls.run import NOTHING_PRIVATE, crawl, lines
from tests.hostile.http_attacks import ATTACKS, MAX_SIZE, TIMEOUT, Cut, redirect
from tests.hostile.server import http, misbehave
from tests.server import article_page

pytestmark = pytest.mark.slow

HONEST = 60
# All attacks show one article, so that there are duplicates.
PIPELINES = {name: order for name, order in ITEM_PIPELINES.items() if "duplicates" not in name}


def answer(wire):
    """Answer with the attack or the honest page that the path names."""
    kind, _, rest = wire.path[1:].partition("/")
    if kind == "robots.txt":
        return http(b"", status="404 Not Found")
    if kind == "honest":
        return http(article_page(int(rest.partition("?")[0][:3])))
    if kind == "chain":
        left = int(rest)
        return redirect(f"/chain/{left - 1}" if left else "/honest/899")
    if kind == "growing":
        return redirect(f"/growing/{rest * 2}")
    if kind == "fro-and-to":
        return redirect("/to-and-fro")
    sent = ATTACKS[kind][0] if kind in ATTACKS else http(b"", status="404 Not Found")
    if isinstance(sent, str):
        return redirect(sent.replace("{host}", wire.host))
    if isinstance(sent, Cut):
        wire.send(sent)
        return None
    if callable(sent):
        sent(wire)
        return None
    return sent


def attack(folder):
    """Crawl; return (result, articles by URL, rejections by URL), the URLs without the server."""
    with misbehave(answer) as port:
        base = f"http://127.0.0.1:{port}/"
        names = list(ATTACKS)
        asked = []
        for number in range(max(len(names), HONEST)):
            asked += names[number : number + 1]
            asked += [f"honest/{number + 100}"] if number < HONEST else []
        (folder / "urls.txt").write_text("\n".join(base + name for name in asked))
        run = crawl(
            *("article", "-a", "urls=urls.txt", "-O", "a.jsonl", *NOTHING_PRIVATE),
            *("-s", f"DOWNLOAD_MAXSIZE={MAX_SIZE}", "-s", f"DOWNLOAD_TIMEOUT={TIMEOUT}"),
            *("-s", "CONCURRENT_REQUESTS=24", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=24"),
            *("-s", "NEWSCLEAN_MAX_DELAY=0.1", "-s", "NEWSCLEAN_SITE_BUDGET={}"),
            *("-s", f"ITEM_PIPELINES={json.dumps(PIPELINES)}"),
            folder=folder,
            timeout=600,
        )
    articles = {line["url"].removeprefix(base): line for line in lines(folder / "a.jsonl")}
    rejected = lines(folder / "a.rejected.jsonl")
    reasons = {line["url"].removeprefix(base): line for line in rejected}
    return run, articles, reasons


def outcome(name, articles, reasons):
    """``article`` or the reason of the attack *name*, ``vanished`` if there is neither."""
    if name in reasons:
        return reasons[name]["reason"]
    if name in articles:
        return "article"
    target = ATTACKS[name][0]
    target = target if isinstance(target, str) else target.decode("latin-1")
    found = [path for path in articles if path.startswith("honest/") and path[:10] in target]
    return "article" if found or name.startswith("chain") else "vanished"


# One test, for one crawl: the processes of pytest-xdist do not share fixtures.
def test_honest_pages_are_exported_and_attacks_end_as_expected(tmp_path):
    assert len(ATTACKS) >= 150
    run, articles, reasons = attack(tmp_path)
    for number in range(100, 100 + HONEST):
        assert f"honest/{number}" in articles, run.stderr.decode()[-3000:]
        headline = articles[f"honest/{number}"]["headline"]
        assert headline == f"Report number {number} from the harbour"
    wrong = {}
    for name, (_, expected) in ATTACKS.items():
        came = outcome(name, articles, reasons)
        if came not in expected.split("|"):
            wrong[name] = (came, expected, reasons.get(name, {}).get("detail"))
    assert not wrong, "\n".join(f"{name}: {what}" for name, what in wrong.items())
    assert not set(articles) & set(reasons)
    assert b"Traceback" not in run.stderr
    text = json.dumps(list(articles.values()))
    for trace in ("root:", "Poison", "\\u001b", "\\u0000"):
        assert trace not in text, trace
