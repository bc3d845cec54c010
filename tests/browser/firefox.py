"""Firefox, by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/

Playwright wants a Firefox of its own making, which no package index has, and of Mozilla's one that
is newer than Debian's. So this speaks the protocol, as much of it as the tests need.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from websockets.sync.client import ClientConnection, connect

from browser.chromium import PATIENCE_MS
from server_process.bound_process import bound
from server_process.waiting import wait_until

if TYPE_CHECKING:
    from types import TracebackType

_PROGRAMS = ("firefox-esr", "firefox")
_PATIENCE_SECONDS = PATIENCE_MS / 1000
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_PREFERENCES = {
    # Nothing is looked up that a page did not ask for.
    "app.normandy.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    # Every page may show notifications without asking.
    "permissions.default.desktop-notification": 1,
}
# What the server has drawn is deaf until React has its properties.
_CLICK_IF_HYDRATED = """((it) => {
  const keys = Object.keys(it ?? {});
  const isReady = it?.disabled === false && keys.some((key) => key.startsWith("__reactProps"));
  if (isReady) {
    it.click();
  }
  return isReady;
})"""


class NoFirefoxError(Exception):
    """There is no Firefox to test with; the message says what to do."""


class FirefoxError(Exception):
    """Firefox refused a command, or a script threw; the message is what it said."""


class Page:
    """A tab of somebody new, with nothing stored in their browser."""

    def __init__(self, firefox: Firefox) -> None:
        self._firefox = firefox
        somebody = firefox.command("browser.createUserContext")["userContext"]
        created = firefox.command("browsingContext.create", type="tab", userContext=somebody)
        self._context = created["context"]

    def bring_to_front(self) -> None:
        """Shows this tab; the one that was shown before is hidden."""
        self._firefox.command("browsingContext.activate", context=self._context)

    def goto(self, url: str) -> None:
        """Opens an address, and waits until it is loaded."""
        self._firefox.command(
            "browsingContext.navigate", context=self._context, url=url, wait="complete"
        )

    def evaluate(self, expression: str) -> Any:
        """Returns what a JavaScript expression is, in JSON's types, once its promise is settled.

        Raises:
            FirefoxError: it threw.
        """
        outcome = self._firefox.command(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then((it) => JSON.stringify(it ?? null))",
            target={"context": self._context},
            awaitPromise=True,
        )
        if outcome["type"] == "exception":
            raise FirefoxError(outcome["exceptionDetails"]["text"])
        return json.loads(outcome["result"]["value"])

    def wait_for(self, expression: str) -> None:
        """Waits until a JavaScript expression is true."""
        wait_until(lambda: self.evaluate(expression) is True)

    def click(self, selector: str, index: int = 0) -> None:
        """Shows this tab, and clicks one of what a CSS selector finds once it hears of clicks."""
        self.bring_to_front()
        element = f"document.querySelectorAll({json.dumps(selector)})[{index}]"
        # In one step, since a page may draw an element anew between two.
        self.wait_for(f"{_CLICK_IF_HYDRATED}({element})")


class Firefox:
    """A context manager: within it a headless Firefox runs, with a profile of its own."""

    def __enter__(self) -> Self:
        """Starts it.

        Raises:
            NoFirefoxError: neither FIREFOX nor the system names one.
        """
        program = _program()
        with ExitStack() as stack:
            profile = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="firefox-")))
            preferences = (
                f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
                for name, value in _PREFERENCES.items()
            )
            (profile / "user.js").write_text("".join(preferences), "utf-8")
            log = profile / "firefox.log"
            arguments = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile"]
            with log.open("wb") as output:
                process = subprocess.Popen(
                    bound([program, *arguments, profile]),
                    env={**os.environ, "HOME": str(profile)},
                    stdout=output,
                    stderr=output,
                )
            stack.callback(_end, process)
            wait_until(lambda: _LISTENING.search(log.read_text("utf-8", "replace")) is not None)
            listening = _LISTENING.search(log.read_text("utf-8", "replace"))
            assert listening is not None
            self._connection: ClientConnection = stack.enter_context(
                connect(f"{listening[1]}/session", max_size=None, proxy=None)
            )
            self._commands = 0
            self.command("session.new", capabilities={})
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Ends it."""
        self._stack.close()

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        """Sends a command; returns its result. Raises FirefoxError."""
        self._commands += 1
        message = {"id": self._commands, "method": method, "params": parameters}
        self._connection.send(json.dumps(message))
        while True:
            answer: dict[str, Any] = json.loads(self._connection.recv(_PATIENCE_SECONDS))
            if answer.get("id") != self._commands:
                continue
            if answer["type"] == "error":
                raise FirefoxError(f"{answer['error']}: {answer['message']}")
            result: dict[str, Any] = answer["result"]
            return result


def _program() -> str:
    named = os.environ.get("FIREFOX")
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/bin", "/usr/local/bin"])
    for name in [named] if named else _PROGRAMS:
        if found := shutil.which(name, path=path):
            return found
    raise NoFirefoxError(
        f"FIREFOX names {named}, which is not an executable"
        if named
        else "no Firefox here: install it (on Debian: apt-get install firefox-esr), or set FIREFOX"
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(_PATIENCE_SECONDS)
