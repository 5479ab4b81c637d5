"""A headless Chromium, driven by its WebDriver over plain HTTP: all that the tests of a page need."""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

PROGRAMS = ("chromium", "chromedriver")
# Nothing but the page under test is to be loaded, and nothing is left behind.
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


def missing() -> str:
    """Return why no browser can be driven here, "" when one can."""
    gone = [program for program in PROGRAMS if shutil.which(program) is None]
    return f"{' and '.join(gone)} not installed (Debian packages chromium, chromium-driver)" if gone else ""


class Browser:
    """One browser window."""

    def __init__(self, address: str, profile: Path) -> None:
        self.http = httpx2.Client(base_url=address, timeout=60, trust_env=False)
        options = {"args": [*ARGUMENTS, f"--user-data-dir={profile}"], "binary": shutil.which("chromium")}
        wanted = {
            "browserName": "chrome", "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }  # fmt: skip
        answer = self.http.post("/session", json={"capabilities": {"alwaysMatch": wanted}}).raise_for_status().json()
        self.session = f"/session/{answer['value']['sessionId']}"

    def ask(self, path: str, **body: Any) -> Any:
        """Send one command and return its value."""
        answer = self.http.post(f"{self.session}/{path}", json=body).json()["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise AssertionError(f"{path}: {answer['message']}")
        return answer

    def run(self, script: str) -> Any:
        """Run a script in the page and return what it returns."""
        return self.ask("execute/sync", script=script, args=[])

    def tell(self, command: str, **words: Any) -> Any:
        """Send a command of the DevTools protocol."""
        return self.ask("goog/cdp/execute", cmd=command, params=words)

    def open(self, path: Path) -> None:
        """Open a file."""
        self.ask("url", url=path.as_uri())

    def look(self, *, width: int, scheme: str) -> None:
        """Set the width of the window in pixels and the colour scheme, `light` or `dark`."""
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def console(self) -> list[str]:
        """Return what the console says."""
        return [entry["message"] for entry in self.ask("se/log", type="browser")]

    def requests(self) -> list[str]:
        """Return the addresses that were asked for; not those of the browser's own pages."""
        messages = [json.loads(entry["message"])["message"] for entry in self.ask("se/log", type="performance")]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
            and not message["params"]["request"]["url"].startswith(("chrome:", "data:"))
        ]

    def printed_pages(self) -> int:
        """Return how many A4 pages the page takes when it is printed."""
        printed = base64.b64decode(self.ask("print", page={"width": 21.0, "height": 29.7}, background=True))
        return printed.count(b"/Type /Page\n")

    def close(self) -> None:
        """End the browser."""
        self.http.delete(self.session)
        self.http.close()


@contextmanager
def started(profile: Path) -> Iterator[Browser]:
    """Start a driver on a port of its own choice, and a browser."""
    with subprocess.Popen(
        ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as driver:
        assert driver.stdout is not None
        try:
            line = next(line for line in driver.stdout if "started successfully on port" in line)
            port = line.rpartition("port ")[2].strip().rstrip(".")
            browser = Browser(f"http://127.0.0.1:{port}", profile)
            try:
                yield browser
            finally:
                browser.close()
        finally:
            driver.terminate()
