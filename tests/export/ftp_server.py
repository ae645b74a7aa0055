"""An FTP server on loopback, which can break uploads off half way."""

import threading
from contextlib import contextmanager

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import DTPHandler, FTPHandler
from pyftpdlib.servers import FTPServer


@contextmanager
def serve_ftp(folder):
    """Give ``(port, breaks)`` of a server over *folder*; while the event ``breaks`` is set, each
    upload is broken off after its first piece."""
    breaks = threading.Event()

    class Data(DTPHandler):
        def handle_read(self):
            super().handle_read()
            if breaks.is_set() and not self._closed:
                self._resp = ("426 The disk is full.", lambda *said: None)
                self.close()

        handle_read_event = handle_read

    class Handler(FTPHandler):
        dtp_handler = Data
        authorizer = DummyAuthorizer()

        def log(self, *said, **options):
            pass

    Handler.authorizer.add_user("news", "secret", str(folder), perm="elradfmwMT")
    server = FTPServer(("127.0.0.1", 0), Handler)
    ended = threading.Event()

    def run():
        while not ended.is_set():
            server.serve_forever(timeout=0.01, blocking=False, handle_exit=False)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield server.address[1], breaks
    finally:
        ended.set()
        thread.join()
        server.close_all()
