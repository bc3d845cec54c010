"""A Docker engine, by its command line: single containers, and the whole Compose project."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Self

from server_process import wait_until

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

# A user that no image has, and what a cluster's strictest policy asks for.
RESTRICTED = (
    "--user=12345:12345",
    "--read-only",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    "--tmpfs=/tmp:rw,noexec,nosuid",
)
_STOP_SECONDS = 60


def docker(*arguments: str, environ: dict[str, str] | None = None) -> str:
    """What the command prints. Raises CalledProcessError, with what it complains of on stderr."""
    return subprocess.run(
        ["docker", *arguments],
        env={**os.environ, **(environ or {})},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout.strip()


class Container:
    """A context manager: within it a container runs, restricted; on leaving it is removed."""

    def __init__(self, image: str, *options: str, command: tuple[str, ...] = ()) -> None:
        """Takes the image, options for `docker run`, and arguments for the image's program."""
        self._arguments = (*RESTRICTED, *options, image, *command)

    def __enter__(self) -> Self:
        self._id = docker("run", "--detach", *self._arguments)
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        sys.stderr.write(docker("logs", self._id))
        docker("rm", "--force", "--volumes", self._id)

    @property
    def state(self) -> Any:
        """As `docker inspect` has it: https://docs.docker.com/reference/api/engine/."""
        return json.loads(docker("inspect", "--format={{json .State}}", self._id))

    def health(self) -> str:
        """Returns what its health check finds, `healthy` or `unhealthy`, as soon as it knows.

        Raises TimeoutError.
        """
        wait_until(lambda: self.state["Health"]["Status"] != "starting", 300)
        return str(self.state["Health"]["Status"])

    def address(self, port: int) -> str:
        """The base URL at which that port of the container is published."""
        return f"http://{docker('port', self._id, f'{port}/tcp').splitlines()[0]}"

    def stop(self) -> int:
        """Asks it to end; returns its exit status, that of a SIGKILL if it did not listen."""
        docker("stop", f"--time={_STOP_SECONDS}", self._id)
        return int(self.state["ExitCode"])

    def wait(self) -> int:
        """Returns its exit status when it has ended by itself."""
        return int(docker("wait", self._id))


class ComposeProject:
    """A context manager: within it docker-compose.yaml is up beside any other, then all is gone."""

    def __init__(self, folder: Path) -> None:
        """Takes an empty folder for its settings. Each service has a port that is free."""
        self.name = f"connect4-test-{secrets.token_hex(4)}"
        settings = folder / "compose.env"
        subprocess.run(["scripts/compose_env.sh", settings], check=True)
        self.settings = settings.read_text(encoding="utf-8")
        self._command = (
            *("compose", f"--project-name={self.name}", f"--env-file={settings}"),
            "--profile=several",
        )
        names = ("CLIENT_PORT", "SERVER_PORT", "PROXY_PORT", "HTTPBIN_PORT")
        self._environ = dict.fromkeys(names, "0") | {"API_URL": "http://api.example.org"}

    def __enter__(self) -> Self:
        try:
            self.up()
        except subprocess.CalledProcessError:
            sys.stderr.write(self.run("logs", "--no-color"))
            self.down()
            raise
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.down()

    def run(self, *arguments: str) -> str:
        """What `docker compose` prints. Raises CalledProcessError."""
        return docker(*self._command, *arguments, environ=self._environ)

    def up(self) -> None:
        """Starts what does not run, and returns when all of it is healthy."""
        self.run("up", "--detach", "--wait", "--wait-timeout=600")

    def down(self) -> None:
        """Removes all of it, the games included."""
        self.run("down", "--volumes", "--remove-orphans")

    def address(self, service: str, port: int) -> str:
        """The base URL at which a port of the service is published now."""
        return f"http://{self.run('port', service, str(port))}"

    def left(self) -> list[str]:
        """The ids of containers, volumes and networks that belong to it."""
        label = f"--filter=label=com.docker.compose.project={self.name}"
        return [
            found
            for kind in (("ps", "--all"), ("volume", "ls"), ("network", "ls"))
            for found in docker(*kind, "--quiet", label).split()
        ]
