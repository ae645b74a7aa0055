"""The options of the tests, their order, and the slow tests."""

import os
import random

import pytest

# Scrapy looks through every module that there is when it makes old names of its classes. Early,
# before the tests have imported theirs, this takes a tenth of the time.
import scrapy.core.downloader.contextfactory  # noqa: F401


def pytest_addoption(parser):
    parser.addoption(
        "--kill-seed",
        type=int,
        default=None,
        help="repeat the kill tests with this seed (they print theirs when they fail)",
    )
    parser.addoption(
        "--kills",
        type=int,
        default=None,
        help="how often a kill test kills a crawl (default: 6, or what its module says in KILLS)",
    )


def pytest_generate_tests(metafunc):
    if "kill_seed" in metafunc.fixturenames:
        seed = metafunc.config.getoption("--kill-seed")
        # xdist wants the same tests in every process: the name holds no number.
        metafunc.parametrize("kill_seed", [seed], ids=["seed"], indirect=False)
    if "kills" in metafunc.fixturenames:
        kills = metafunc.config.getoption("--kills") or getattr(metafunc.module, "KILLS", 6)
        metafunc.parametrize("kills", [kills], ids=["kills"])


@pytest.hookimpl(tryfirst=True)  # before ``-m`` chooses
def pytest_collection_modifyitems(items):
    """Mark the kill tests as slow. Put files with slow tests first: with ``--dist loadfile`` the
    quick ones then fill up what time is left, and no process waits long for another."""
    for item in items:
        if "kill_seed" in item.fixturenames:
            item.add_marker("slow")
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist
def pytest_xdist_auto_num_workers():
    """Return how many processes ``-n auto`` starts: two more than cores, since tests of crawls
    wait for half of their time."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None  # pytest-xdist reads it
    return (os.cpu_count() or 1) + 2


def new_seed(seed):
    return random.SystemRandom().randrange(10**6) if seed is None else seed
