"""A process of the fork server is like one of ``python -m``, in everything that tests need."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import fork_server
from tests.crawls.run import ROOT

TELL = """
import atexit, os, sys
print(sys.argv[1:], __name__, os.getcwd() == sys.path[0])
print(os.environ["SHOWN"], set(os.environ) >= {"SHOWN", "PYTHONPATH"}, "HOME" in os.environ)
print(sys.stdin.read(), file=sys.stderr)
atexit.register(print, "the end")
sys.exit(int(sys.argv[1]))
"""


@pytest.fixture
def module(tmp_path):
    """Write the module ``told``."""

    def module(code):
        (tmp_path / "told.py").write_text(code)
        return {"cwd": tmp_path, "env": {"SHOWN": "é", "PYTHONPATH": str(ROOT)}}

    return module


def test_arguments_environment_folder_files_and_code_are_those_of_a_new_process(module):
    options = module(TELL)
    forked = fork_server.run(["told", 7, "é"], stdin=b"sea\n", **options)
    new = subprocess.run(
        [sys.executable, "-m", "told", "7", "é"],
        **{**options, "env": options["env"] | {"PYTHONUTF8": "1"}},
        input=b"sea\n",
        capture_output=True,
        check=False,
    )
    assert forked.returncode == new.returncode == 7
    assert forked.stderr == new.stderr == b"sea\n\n"
    assert forked.stdout.decode() == "['7', 'é'] __main__ True\né True False\nthe end\n"
    assert new.stdout == forked.stdout


def test_an_exception_is_told_and_code_1(module):
    forked = fork_server.run(["told"], **module("raise RuntimeError('no boat')"))
    assert forked.returncode == 1
    assert forked.stderr.endswith(b"RuntimeError: no boat\n")


def test_nothing_is_left_of_the_process_before(module):
    first = module("import sys; sys.modules['scrapy'].left = 1; sys.exit('left')")
    assert fork_server.run(["told"], **first).returncode == 1
    second = module("import scrapy, sys; sys.exit(3 if hasattr(scrapy, 'left') else 4)")
    assert fork_server.run(["told"], **second).returncode == 4


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_its_own_children(module, tmp_path, sign):
    code = "import subprocess, sys; subprocess.run(['sleep', '100'], stdout=sys.stderr)"
    with (tmp_path / "log").open("wb") as log:
        process = fork_server.Process(["told"], stderr=log, **module(code))
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while children.exists() and not children.read_text():
        time.sleep(0.01)
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.01)
    os.killpg(process.pid, sign)
    assert process.wait(60) == process.poll() == -sign


def test_it_is_killed_when_its_time_is_over(module):
    with pytest.raises(subprocess.TimeoutExpired):
        fork_server.run(["told"], timeout=0.1, **module("import time; time.sleep(100)"))


def test_a_limit_for_files(module):
    code = "file = open('long', 'wb', buffering=0); file.write(bytes(999)); file.write(bytes(999))"
    forked = fork_server.run(["told"], file_limit=999, **module(code))
    assert forked.returncode == 1 and b"File too large" in forked.stderr


def test_no_event_loop_is_chosen_yet(module):
    names = "sorted(name for name in sys.modules if name.startswith('twisted.internet.'))"
    code = f"import sys, threading; print(threading.active_count(), {names})"
    said = fork_server.run(["told"], **module(code)).stdout.decode()
    assert said.startswith("1 ") and "'twisted.internet.reactor'" not in said
