"""Eight crawls share a list of sites and a ledger, while machines, processes and the server fail.

Each article is exported once, and no host gets requests from two crawls at the same time.
"""

import random
import signal
import threading
import time
from collections import defaultdict
from itertools import pairwise

import pytest

from tests import fork_server
from tests.conftest import new_seed
from tests.crawls.run import crawl, lines, our_environment
from tests.postgres import BINARIES, postgres
from tests.server import article_page, serve

MACHINES = 8
SITES = 24
ARTICLES = 6  # of a site
LEASE = 16  # seconds

needs_postgres = pytest.mark.skipif(BINARIES is None, reason="no PostgreSQL is installed")


class Hosts:
    """News sites on 127.0.1.1, 127.0.1.2, … that note who asks them, from when to when."""

    def __init__(self, port):
        self.port = port
        self.hosts = [f"127.0.1.{number}" for number in range(1, SITES + 1)]
        self.asked = defaultdict(list)
        self.lock = threading.Lock()

    def url(self, host, path="/"):
        return f"http://{host}:{self.port}{path}"

    def path(self, host, number):
        return f"/2026/04/{host.rpartition('.')[2]}/report-{number}-from-the-harbour"

    def articles(self):
        return [self.url(host, self.path(host, n)) for host in self.hosts for n in range(ARTICLES)]

    def get(self, path, default=None):
        return lambda handler: self.answer(handler, path)

    def answer(self, handler, path):
        host = handler.headers["Host"].partition(":")[0]
        begun = time.monotonic()
        time.sleep(0.05)
        made = self.make(host, path)
        with self.lock:
            self.asked[host].append((begun, time.monotonic(), handler.headers["User-Agent"]))
        return made

    def make(self, host, path):
        paths = [self.path(host, number) for number in range(ARTICLES)]
        if path == "/":
            links = "".join(f'<li><a href="{one}">Report on {one}</a>' for one in paths)
            return f"<html><body><ul>{links}</ul></body></html>".encode()
        if path in paths:
            return article_page(int(host.rpartition(".")[2]) * 100 + paths.index(path))
        return 404, {}, b"nothing here"


@pytest.fixture
def hosts():
    with serve("0.0.0.0") as site:
        site.pages = Hosts(site.port)
        yield site.pages


class Fleet:
    """The crawls. Each start has a name of its own, by which the hosts know it."""

    def __init__(self, folder, ledger, *options):
        self.folder = folder
        self.ledger = ledger
        self.options = options
        self.running = {}
        self.starts = 0

    def start(self, number):
        self.starts += 1
        settings = {
            "NEWSCLEAN_LEDGER": self.ledger,
            "NEWSCLEAN_ALLOW_NETWORKS": "127.0.0.0/8",
            "NEWSCLEAN_LEASE_SECONDS": LEASE,
            "DOWNLOAD_TIMEOUT": LEASE // 4,
            "DOWNLOAD_DELAY": 0.1,
            "USER_AGENT": f"start-{self.starts}-of-{number}",
        }
        command = ["tests.crawls.machine", f"machine-{number}", "-a", "urls=sites.txt"]
        command += ["-a", f"shard={number}/{MACHINES}", "-o", f"articles-{number}.jsonl"]
        for name, value in settings.items():
            command += ["-s", f"{name}={value}"]
        with (self.folder / f"log-{number}").open("ab") as log:
            self.running[number] = fork_server.Process(
                command, cwd=self.folder, env=our_environment(), stderr=log
            )

    def kill(self, number):
        process = self.running.pop(number)
        process.kill()
        process.wait()

    def look(self):
        """Begin those again that ended because of the server; forget those that are done."""
        for number, process in list(self.running.items()):
            if process.poll() is None:
                continue
            log = (self.folder / f"log-{number}").read_text()
            assert process.returncode in {0, 1, 5}, log[-3000:]
            del self.running[number]
            if process.returncode:
                self.start(number)

    def wait(self, seconds):
        until = time.monotonic() + seconds
        while self.running and time.monotonic() < until:
            self.look()
            time.sleep(0.1)

    def must_end(self, seconds):
        """Wait for all crawls; say where those are that do not end."""
        self.wait(seconds)
        for process in self.running.values():
            process.send_signal(fork_server.STACKS)
        if self.running:
            time.sleep(5)  # until they have said it
            said = [(self.folder / f"log-{number}").read_text()[-4000:] for number in self.running]
            pytest.fail("\n".join(["the crawls do not end", *said]))

    def end(self):
        for number in list(self.running):
            self.running[number].send_signal(signal.SIGCONT)
            self.kill(number)


def check_politeness(hosts):
    """No two crawls at once, and none again after another one has begun."""
    for host, asked in hosts.asked.items():
        asked.sort()
        for (_, end, one), (begin, _, other) in pairwise(asked):
            assert one == other or end <= begin, f"{host}: {one} and {other} at once"
        agents = [one for _, _, one in asked]
        order = [one for at, one in enumerate(agents) if at == 0 or agents[at - 1] != one]
        assert len(order) == len(set(order)), f"{host}: {order}"


@needs_postgres
def test_every_article_once_whatever_dies(hosts, tmp_path, kill_seed):
    seed = new_seed(kill_seed)
    print("seed", seed)
    chance = random.Random(seed)
    (tmp_path / "sites.txt").write_text("\n".join(map(hosts.url, hosts.hosts)))
    with postgres() as server:
        fleet = Fleet(tmp_path, server.url)
        try:
            for number in range(1, MACHINES + 1):
                fleet.start(number)
            while len(hosts.asked) < MACHINES:
                fleet.wait(0.2)
            dead, asleep = chance.sample(sorted(fleet.running), 2)
            fleet.kill(dead)  # the machine is lost: nobody begins it again
            fleet.running[asleep].send_signal(signal.SIGSTOP)
            sleeper = fleet.running.pop(asleep)
            for _ in range(3):
                fleet.wait(chance.uniform(0.5, 2))
                if not fleet.running:
                    break
                number = chance.choice(sorted(fleet.running))
                fleet.kill(number)
                fleet.start(number)  # as systemd does
            server.stop()
            fleet.wait(1)
            server.start()
            fleet.must_end(300)
            missing = set(hosts.articles()) - set(urls_of(tmp_path))
            assert not missing, "the others took over what the dead ones had"
            # What was taken over stays so, whoever wakes up or comes back.
            sleeper.send_signal(signal.SIGCONT)
            fleet.running[asleep] = sleeper
            fleet.start(dead)
            fleet.must_end(300)
        finally:
            fleet.end()
    check_politeness(hosts)
    assert sorted(urls_of(tmp_path)) == sorted(hosts.articles())


def urls_of(folder):
    found = []
    for path in folder.glob("articles-?.jsonl"):
        found += [line["url"] for line in lines(path)]
    return found


def test_shards_on_sqlite_read_each_site_once(hosts, tmp_path):
    (tmp_path / "sites.txt").write_text("\n".join(map(hosts.url, hosts.hosts[:6])))
    for number in (1, 2):
        arguments = ["-a", "urls=sites.txt", "-a", f"shard={number}/2"]
        settings = ["-s", "NEWSCLEAN_TAKE_OVER=False", "-s", f"USER_AGENT=crawl-{number}"]
        run = crawl(
            "site", *arguments, *settings, "-o", f"articles-{number}.jsonl", folder=tmp_path
        )
        assert run.returncode == 0, run.stderr[-2000:]
    agents = [{agent for _, _, agent in asked} for asked in hosts.asked.values()]
    assert len(agents) == 6
    assert all(len(one) == 1 for one in agents)
    assert set.union(*agents) == {"crawl-1", "crawl-2"}
    wanted = [url for url in hosts.articles() if url.split("/")[2].split(":")[0] in hosts.asked]
    assert sorted(urls_of(tmp_path)) == sorted(wanted)
