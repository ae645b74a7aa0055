"""A web site on loopback: real HTTP, answers by path, a record of what was asked."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    """``pages`` maps a path to bytes, or to (status, headers, body), or to a function of the
    handler that returns one of these. ``asked`` lists (path, headers) in order."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        self.lock = threading.Lock()

    @property
    def paths(self):
        return [path for path, _ in self.asked]

    def url(self, path):
        return f"http://{self.host}:{self.port}{path}"


@contextmanager
def serve(host="127.0.0.1", port=0):
    site = Site()
    site.host = f"[{host}]" if ":" in host else host

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            with site.lock:
                site.asked.append((self.path, dict(self.headers)))
            answer = site.pages.get(self.path, (404, {}, b"nothing here"))
            if callable(answer):
                answer = answer(self)
            if answer is None:  # the function has answered itself
                return
            if isinstance(answer, bytes):
                answer = (200, {"Content-Type": "text/html; charset=utf-8"}, answer)
            status, headers, body = answer
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *args):
            pass

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = type("Server", (ThreadingHTTPServer,), {"address_family": family})(
        (host, port), Handler
    )
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def article_page(number=1, *, title=None, extra="", paragraphs=4):
    """A page with an article of its own words."""
    title = title or f"Report number {number} from the harbour"
    body = "".join(
        f"<p>Paragraph {part} of report {number} says that the harbour of Kestrel Bay was calm,"
        f" that boat {number * 7 + part} came in at dawn, and that nobody was surprised.</p>"
        for part in range(paragraphs)
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title} | Bay News</title>"
        f"</head><body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>"
        f"<p class=byline>By Una Marsh</p><time datetime=2026-04-{number % 28 + 1:02}T09:30:00Z>"
        f"</time>{body}</article>{extra}<footer>Bay News</footer></body></html>"
    ).encode()
