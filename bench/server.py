"""A web server that is never the bottleneck: all responses are prepared in advance.

``python -m bench.server COUNT`` prints its port and serves that many pages and a
sitemap of them.
"""

from __future__ import annotations

import asyncio
import sys

import uvloop

from bench.pages import page, path

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"


class Answers(asyncio.Protocol):
    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers = answers
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1]
            answer = self.answers.get(path, b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
            self.transport.write(answer)  # type: ignore[attr-defined]


async def main(count: int) -> None:
    pages = [page(number) for number in range(count)]
    answers = {path(n).encode(): HEAD % len(body) + body for n, body in enumerate(pages)}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Answers(answers), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    home = f"http://127.0.0.1:{port}"
    rules = f"User-agent: *\nDisallow: /secret\nSitemap: {home}/sitemap.xml\n".encode()
    answers[b"/robots.txt"] = HEAD.replace(b"html", b"plain") % len(rules) + rules
    sitemap = "".join(f"<url><loc>{home}{path(number)}</loc></url>" for number in range(count))
    sitemap = f"<urlset>{sitemap}</urlset>"
    answers[b"/sitemap.xml"] = (HEAD % len(sitemap)).replace(b"html", b"xml") + sitemap.encode()
    front = b"<!DOCTYPE html><title>Bay News</title><h1>Bay News</h1>"
    answers[b"/"] = HEAD % len(front) + front
    print(port, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
