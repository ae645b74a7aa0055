"""The commands ``newsclean`` and ``scrapy`` for a shell, without a new Python for each.

What a shell starts is a small program. It hands its arguments, folder, environment and open files
to the tests, which fork the command (`tests.fork_server`), and waits for the exit code.
"""

import json
import socket
import sys
import tempfile
import threading
from contextlib import ExitStack, suppress

from tests import fork_server

# The paper is on loopback and answers at once: waiting would test nothing.
_FAST = ["-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=0"]
_FETCHING = {"get", "site", "run"}
_PROGRAM = """\
#!{python} -SE
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as door:
    door.connect({door!r})
    said = json.dumps([{name!r}, sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(door, [len(said).to_bytes(8, "big")], [0, 1, 2])
    door.sendall(said)
    code = int(door.recv(8))
sys.exit(code)
"""


class Commands:
    """Writes the programs into *folder*, and runs what they ask for until it is closed."""

    def __init__(self, folder):
        folder.mkdir()
        self.door = socket.socket(socket.AF_UNIX)
        # A path of a socket has some hundred bytes at most, which the folder of a test may have.
        self.place = tempfile.TemporaryDirectory(prefix="door-")
        self.address = f"{self.place.name}/door"
        self.door.bind(self.address)
        self.door.listen()
        for name in ("newsclean", "scrapy"):
            text = _PROGRAM.format(python=sys.executable, door=self.address, name=name)
            (folder / name).write_text(text, "utf8")
            (folder / name).chmod(0o755)
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self.door.close()
        self.place.cleanup()

    def _serve(self):
        with suppress(OSError):  # it is closed
            while True:
                asked, _ = self.door.accept()
                threading.Thread(target=_run, args=(asked,), daemon=True).start()


def _run(asked):
    with asked, ExitStack() as files:
        head, fds, _, _ = socket.recv_fds(asked, 8, 3)
        given = [files.enter_context(open(fd, "r+b" if fd else "rb", 0)) for fd in fds]
        said = asked.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL)
        name, arguments, folder, environment = json.loads(said)
        if name == "newsclean" and (set(arguments[:1]) & _FETCHING or "://" in arguments[0]):
            arguments += _FAST
        process = fork_server.Process(
            [name, *arguments],
            cwd=folder,
            env=environment,
            stdin=given[0],
            stdout=given[1],
            stderr=given[2],
        )
        asked.sendall(b"%d" % process.wait(300))
