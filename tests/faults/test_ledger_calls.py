"""The ledger fails at any of its calls: the crawl ends in one line, and nothing is lost.

``--kills 999`` tries every call.
"""

import json
import os

import pytest

from newsclean.exit_codes import FAILED
from tests import fork_server
from tests.conftest import new_seed
from tests.crawls.run import ROOT

pytestmark = pytest.mark.slow


def test_the_ledger_fails_at_any_call(tmp_path, kill_seed, kills):
    seed = new_seed(kill_seed)
    command = ["tests.faults.ledger_calls", tmp_path, kills // 3, seed]
    run = fork_server.run(command, cwd=ROOT, env=os.environ, timeout=1500)
    where = f"--kill-seed {seed}"
    assert run.returncode == 0, f"{where}: {run.stderr.decode()[-3000:]}"
    records = [json.loads(line) for line in run.stdout.decode().splitlines() if line[:1] == "{"]
    assert len(records) >= 4, where
    for one in records:
        failed, after = one["failed"], one["after"]
        where = f"--kill-seed {seed}, again {one['again']}, {failed}, {after}"
        struck = failed["calls"] >= failed["at"]  # the number of calls depends on the time
        assert failed["code"] == (FAILED if struck else 0), where
        assert len(failed["errors"]) == (1 if struck else 0), where
        assert not any("Traceback" in line for line in failed["errors"]), where
        assert after["code"] == 0 and not after["errors"], where
        assert sorted(after["urls"]) == one["wanted"], f"{where}: lost or twice"
