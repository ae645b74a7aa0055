"""A PostgreSQL server of the test's own, which it may stop and start."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.server import free_port

_FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
BINARIES = _FOUND[-1].parent if _FOUND else None


class Server:
    """``url`` is a database on it."""

    def __init__(self, folder, port):
        self.folder = folder
        self.port = port
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"

    def run(self, program, *arguments):
        command = [str(BINARIES / program), *map(str, arguments)]
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            groups = ["--regid=postgres", "--clear-groups"]
            command = ["setpriv", "--reuid=postgres", *groups, *command]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, timeout=120)

    def start(self):
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off"
            f" -c unix_socket_directories={self.folder}"
        )
        data, log = self.folder / "db", self.folder / "log"
        self.run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")

    def stop(self, mode="fast"):
        self.run("pg_ctl", "-D", self.folder / "db", "-m", mode, "-w", "stop")


@contextmanager
def postgres():
    """Yield a `Server` that runs; its data are deleted at the end."""
    folder = Path(tempfile.mkdtemp())
    server = Server(folder, free_port())
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        server.run("initdb", "-D", folder / "db", "-U", "postgres", "-A", "trust")
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
