"""Generated sites on loopback, each at an address of its own (127.9.0.1, 127.9.0.2 …)."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def _handler(site):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self):
            # Parameters reach a program decoded, however a client wrote their names.
            path = self.path.replace("%5B", "[").replace("%5D", "]")
            status, headers, body = site.answer(path, self.headers)
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass

        def log_message(self, *args):
            pass

    return Handler


@contextmanager
def serve_sites(sites):
    """Serve *sites*; each one's ``root`` is set."""
    servers = []
    for number, site in enumerate(sites, 1):
        host = f"127.9.{number // 250}.{number % 250 + 1}"
        server = ThreadingHTTPServer((host, 0), _handler(site))
        server.daemon_threads = True
        site.root = f"http://{host}:{server.server_address[1]}"
        site.publish()
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
