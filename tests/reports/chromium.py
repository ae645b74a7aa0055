"""A headless Chromium, driven over its debugging pipe: what the tests of the report need, and
nothing to install but the browser."""

import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
REQUIRED = "NEWSCLEAN_REQUIRE_BROWSER"
KEYS = {
    "Enter": (13, "\r"),
    "Escape": (27, None),
    "ArrowLeft": (37, None),
    "ArrowUp": (38, None),
    "ArrowRight": (39, None),
    "ArrowDown": (40, None),
    "End": (35, None),
    "Home": (36, None),
    "Tab": (9, None),
}


def find_chromium():
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Chromium:
    """One browser with one page; `events` holds what it reported since the last `open`."""

    def __init__(self, path, timeout=60):
        self.timeout = timeout
        self.events = []
        self._id = 0
        self._buffer = b""
        self._profile = tempfile.mkdtemp(prefix="newsclean-chromium-")
        into, self._write = os.pipe()
        self._read, out = os.pipe()
        # Chromium reads commands from its descriptor 3 and answers on 4.
        command = 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"'
        self._process = subprocess.Popen(
            ["bash", "-c", command, "bash", str(into), str(out), path, *self._options()],
            pass_fds=(into, out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(into)
        os.close(out)
        self._session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.size(1280, 900)

    def _options(self):
        return [
            "--headless=new",
            "--remote-debugging-pipe",
            f"--user-data-dir={self._profile}",
            "--no-sandbox",  # tests run as root in containers
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]

    def close(self):
        os.close(self._write)
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._read)
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method, **params):
        """Call a method of the DevTools protocol; gives its result."""
        self._id += 1
        message = {"id": self._id, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        deadline = time.monotonic() + self.timeout
        while True:
            answer = self._receive(deadline)
            if answer.get("id") == message["id"]:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def _receive(self, deadline):
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0, deadline - time.monotonic()))
            assert ready, "Chromium does not answer"
            data = os.read(self._read, 1 << 20)
            assert data, "Chromium is gone"
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def open(self, path):
        """Open the file at *path* and wait until it is loaded."""
        self.call("Page.navigate", url="about:blank")
        self.wait("location.href === 'about:blank'")
        self.events.clear()
        self.call("Page.bringToFront")  # a page in the background is slowed down
        self.call("Page.navigate", url=Path(path).resolve().as_uri())
        self.wait("location.protocol === 'file:' && document.readyState === 'complete'")

    def run(self, script):
        """Evaluate *script*, an expression; gives its value, of a promise what comes of it."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, script, timeout=60):
        """Wait until *script* gives something true; gives that."""
        deadline = time.monotonic() + timeout
        while True:
            value = self.run(script)
            if value:
                return value
            assert time.monotonic() < deadline, f"waited in vain for {script}"
            time.sleep(0.02)

    def key(self, name):
        code, text = KEYS.get(name, (ord(name[0].upper()), name))
        params = {"key": name, "windowsVirtualKeyCode": code, "code": name}
        text = {"text": text} if text else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", **params, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **params)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def click(self, selector):
        """Click in the middle of what *selector* finds, as a mouse does."""
        x, y = self.run(
            f"""(() => {{
              const node = document.querySelector({json.dumps(selector)});
              node.scrollIntoView({{ block: "center", behavior: "instant" }});
              const box = node.getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            }})()"""
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def size(self, width, height, mobile=False):
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if mobile else 1,
            mobile=mobile,
        )

    def scheme(self, name):
        feature = {"name": "prefers-color-scheme", "value": name}
        self.call("Emulation.setEmulatedMedia", features=[feature])

    def requests(self):
        """Return the addresses asked for since `open`, other than the page itself."""
        sent = [one for one in self.events if one["method"] == "Network.requestWillBeSent"]
        urls = [one["params"]["request"]["url"] for one in sent]
        return [url for url in urls if not url.startswith(("file:", "data:", "blob:"))] + [
            url for url in urls if url.startswith("file:")
        ][1:]

    def complaints(self):
        """Return everything on the console since `open`: logs, errors, broken policies."""
        names = {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"}
        return [one["params"] for one in self.events if one["method"] in names]

    def dialogs(self):
        return [one for one in self.events if one["method"] == "Page.javascriptDialogOpening"]
