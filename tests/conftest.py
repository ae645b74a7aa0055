"""Options of the tests."""

import random


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
        default=6,
        help="how often the kill tests of WARC, S3 and PostgreSQL kill a crawl (default: 6)",
    )


def pytest_generate_tests(metafunc):
    if "kill_seed" in metafunc.fixturenames:
        seed = metafunc.config.getoption("--kill-seed")
        # xdist wants the same tests in every process: the name holds no number.
        metafunc.parametrize("kill_seed", [seed], ids=["seed"], indirect=False)
    if "kills" in metafunc.fixturenames:
        metafunc.parametrize("kills", [metafunc.config.getoption("--kills")], ids=["kills"])


def new_seed(seed):
    return random.SystemRandom().randrange(10**6) if seed is None else seed
