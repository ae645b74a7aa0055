"""A server that misbehaves: it sends the bytes that an attack consists of, whatever they are."""

import socket
import socketserver
import threading
import time
from contextlib import contextmanager, suppress

# A client that stays away must not keep a thread of the tests.
MAX_SECONDS = 60


class Wire:
    """The connection of one request, as attacks see it. ``host`` and ``path`` are the
    request's."""

    def __init__(self, connection, host, path):
        self.connection = connection
        self.host = host
        self.path = path
        self.until = time.monotonic() + MAX_SECONDS

    def send(self, data):
        """Send *data*; raise OSError when the client has gone or the time is up."""
        if time.monotonic() > self.until:
            raise TimeoutError
        self.connection.sendall(data)

    def trickle(self, data, seconds):
        """Send *data*, one byte each *seconds*."""
        for byte in data:
            self.send(bytes([byte]))
            time.sleep(seconds)

    def reset(self):
        """End the connection with a TCP reset."""
        linger = b"\1\0\0\0\0\0\0\0"
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 200


@contextmanager
def misbehave(answer, host="127.0.0.1"):
    """Serve what *answer*, a function of a `Wire`, returns (bytes, after which the connection
    stays open) or sends itself (None, after which it is closed); yield the port. With *host*
    ``""`` every address of loopback is served."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.settimeout(MAX_SECONDS)
            waiting = b""
            with suppress(OSError):
                while True:
                    while b"\r\n\r\n" not in waiting:
                        more = self.request.recv(65536)
                        if not more:
                            return
                        waiting += more
                    head, _, waiting = waiting.partition(b"\r\n\r\n")
                    lines = head.decode("latin-1").split("\r\n")
                    path = lines[0].split(" ")[1]
                    named = [line[6:] for line in lines if line.lower().startswith("host: ")]
                    sent = answer(Wire(self.request, named[0] if named else "", path))
                    if sent is None:
                        return
                    self.request.sendall(sent)

    server = Server((host, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def http(
    body=b"",
    *headers,
    status="200 OK",
    version="HTTP/1.1",
    kind="text/html; charset=utf-8",
    length=True,
):
    """Return an answer in bytes. *headers* are whole lines, without their ends."""
    lines = [f"{version} {status}"]
    if kind is not None:
        lines.append(f"Content-Type: {kind}")
    if length:
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join(lines).encode("latin-1")
    for header in headers:
        head += b"\r\n" + (header if isinstance(header, bytes) else header.encode("latin-1"))
    return head + b"\r\n\r\n" + body


def chunked(*parts, end=b"0\r\n\r\n"):
    """Return *parts* as the chunks of a chunked body."""
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end
