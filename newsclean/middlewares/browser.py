"""Render pages with Chromium, without direct access to the network.

Scrapy fetches all resources of a page, with its settings, limits and middlewares (robots.txt, no
private addresses, size, time), and passes them to the browser. Resources without text (images,
styles, fonts, media) are refused, and so are sockets and service workers.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from newsclean.urls import is_web_url, same_site

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Browser as Chromium
    from playwright.async_api import Page, Route

MAX_PAGES = 2  # pages at a time; a page takes about 100 MB
MAX_REQUESTS = 100  # requests of one page
_START_TIMEOUT = 120.0  # seconds for the start of the browser; it takes 2 on an idle machine
_SPARE_TIME = 10.0  # seconds for opening a page and reading its HTML
MAX_CONTENT = 20_000_000  # characters of a rendered page
_MAX_CACHE = 30_000_000  # bytes of scripts in the cache for the next pages of a site
_MAX_POSTED = 100_000  # bytes that a page may send to its own site
_TYPES = frozenset({"document", "script", "xhr", "fetch"})
# Names of the program in Debian, Ubuntu, Fedora and Google's packages.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A proxy address where nothing listens, for requests that are not intercepted.
_NOWHERE = "http://127.0.0.1:9"
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-gpu",
)

# (status, headers, body) of a response.
Answer = tuple[int, dict[str, str], bytes]


def find_chromium(path: str | None = None) -> str | None:
    """Return the path of a Chromium: *path* if it can be run, or the first one that is installed;
    None if there is none."""
    return next(filter(None, map(shutil.which, [path] if path else _NAMES)), None)


class RenderError(Exception):
    """The page could not be rendered. The message is one line with the reason."""


class Browser:
    """Renders pages with the Chromium at *path*, each in at most *timeout* seconds. *fetch*
    (method, URL, headers, body) returns a resource of a page, or raises any exception."""

    def __init__(
        self,
        path: str,
        fetch: Callable[[str, str, dict[str, str], bytes], Awaitable[Answer]],
        *,
        timeout: float,
        user_agent: str,
    ) -> None:
        self._path = path
        self._fetch = fetch
        self._timeout = timeout
        self._user_agent = user_agent
        self._pages = asyncio.Semaphore(MAX_PAGES)
        self._starting = asyncio.Lock()
        self._playwright: Any = None
        self._chromium: Chromium | None = None
        self._cache: OrderedDict[str, Answer] = OrderedDict()
        self._cached = 0

    async def render(self, url: str, answer: Answer) -> str:
        """Return the HTML of the page *url* after its scripts have run. *answer* is the response of
        its server. Raise RenderError."""
        from playwright.async_api import Error  # noqa: PLC0415

        async with self._pages:
            try:
                async with asyncio.timeout(_START_TIMEOUT):
                    chromium = await self._start()
                async with asyncio.timeout(self._timeout + _SPARE_TIME):
                    return await self._render(chromium, url, answer)
            except TimeoutError:
                raise RenderError("the browser does not respond") from None
            except Error as error:
                raise RenderError(" ".join(error.message.split())[:200]) from None

    async def _start(self) -> Chromium:
        from playwright.async_api import async_playwright  # noqa: PLC0415

        async with self._starting:
            if self._chromium is not None and self._chromium.is_connected():
                return self._chromium
            if self._playwright is None:
                self._playwright = await async_playwright().start()
            self._chromium = await self._playwright.chromium.launch(
                executable_path=self._path,
                args=list(_ARGUMENTS),
                proxy={"server": _NOWHERE},
                chromium_sandbox=os.geteuid() != 0,  # Chromium's sandbox refuses root
            )
            return self._chromium

    async def _render(self, chromium: Chromium, url: str, answer: Answer) -> str:
        context = await chromium.new_context(
            service_workers="block", accept_downloads=False, user_agent=self._user_agent
        )
        try:
            page = await context.new_page()
            asked = 0

            async def route(route: Route) -> None:
                nonlocal asked
                asked += 1
                with contextlib.suppress(Exception):  # the page may be closed meanwhile
                    if asked == 1:
                        await _fulfill(route, answer)
                    elif asked > MAX_REQUESTS:
                        await route.abort()
                    else:
                        await self._answer(route, url)

            await page.route("**", route)
            await page.route_web_socket("**", lambda socket: socket.close())
            page.on("dialog", lambda dialog: dialog.dismiss())
            await self._settle(page, url)
            html = await page.content()
            return html[:MAX_CONTENT]
        finally:
            with contextlib.suppress(Exception):
                await context.close()

    async def _settle(self, page: Page, url: str) -> None:
        """Open *url*, and wait until the page has no more requests or its time is over."""
        from playwright.async_api import TimeoutError as TooLong  # noqa: PLC0415

        with contextlib.suppress(TooLong):
            await page.goto(url, wait_until="networkidle", timeout=self._timeout * 1000)

    async def _answer(self, route: Route, page_url: str) -> None:
        request = route.request
        body = request.post_data_buffer or b""
        is_own = same_site(request.url, page_url)
        if (
            request.resource_type not in _TYPES
            or not is_web_url(request.url)
            or request.is_navigation_request()
            or (request.method != "GET" and not (is_own and len(body) <= _MAX_POSTED))
        ):
            await route.abort()
            return
        if request.method == "GET" and request.url in self._cache:
            await _fulfill(route, self._cache[request.url])
            return
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in {"accept", "content-type", "referer", "x-requested-with"}
        }
        try:
            answer = await self._fetch(request.method, request.url, headers, body)
        except Exception:  # the page is rendered without this resource
            await route.abort()
            return
        if request.resource_type == "script":
            self._keep(request.url, answer)
        await _fulfill(route, answer)

    def _keep(self, url: str, answer: Answer) -> None:
        if (before := self._cache.pop(url, None)) is not None:  # two pages requested it at once
            self._cached -= len(before[2])
        self._cache[url] = answer
        self._cached += len(answer[2])
        while self._cached > _MAX_CACHE:
            _, (_, _, body) = self._cache.popitem(last=False)
            self._cached -= len(body)

    async def close(self) -> None:
        """Close the browser."""
        if self._chromium is not None:
            with contextlib.suppress(Exception):
                await self._chromium.close()
        if self._playwright is not None:
            with contextlib.suppress(Exception):
                await self._playwright.stop()


async def _fulfill(route: Route, answer: Answer) -> None:
    status, headers, body = answer
    await route.fulfill(status=status, headers=headers, body=body)
