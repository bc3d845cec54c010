"""The plugins in the Pants that they are for, in a small repository of their own.

The tests speak Pants' command line alone, so that they say of a newer Pants what they say of this.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

PANTS_TOML = """
[GLOBAL]
pants_version = "2.17.1"
pythonpath = ["%(buildroot)s/build-support/plugins"]
backend_packages = ["pants.backend.python", "pants_alias", "pants_ruff", "pants_yarn"]

[anonymous-telemetry]
enabled = false

[source]
root_patterns = ["/"]

[subprocess-environment]
env_vars.add = [
  "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
  "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "PIP_CERT", "NODE_EXTRA_CA_CERTS",
]

[python]
interpreter_constraints = ["CPython==3.11.*"]
enable_resolves = true
resolves_generate_lockfiles = false
default_resolve = "ruff"

[python.resolves]
node = "lockfiles/node.txt"
ruff = "lockfiles/ruff.txt"
"""

YARN_LOCK = """
__metadata:
  version: 10
  cacheKey: 10c0

"site@workspace:.":
  version: 0.0.0-use.local
  resolution: "site@workspace:."
  languageName: unknown
  linkType: soft
"""

PACKAGE_JSON = """{
  "name": "site",
  "packageManager": "yarn@4.18.1",
  "scripts": {
    "build": "mkdir out && cp page.html out/index.html",
    "check": "grep title page.html",
    "fmt": "sed -i.before 's/ *$//' page.html",
    "lint": "test ! -e fixme",
    "test": "echo '<testsuite tests=\\"1\\"/>' > $JUNIT_XML_FILE && test ! -e broken"
  }
}
"""

# What Pants' own sandbox has set, and what would steer the Pants that is started here.
STEERING = ("PANTS_", "PEX_", "PYTHON")


class Repository:
    """A small repository that has the plugins, and the launcher that starts Pants in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for path in ("pants", "build-support", "lockfiles"):
            if Path(path).is_dir():
                shutil.copytree(path, root / path, ignore=shutil.ignore_patterns("BUILD"))
            else:
                shutil.copy(path, root)
        self.write("pants.toml", PANTS_TOML)

    def write(self, path: str, text: str) -> Path:
        written = self.root / path
        written.parent.mkdir(exist_ok=True, parents=True)
        written.write_text(text)
        return written

    def pants(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(STEERING)
        }
        return subprocess.run(
            ["./pants", "--no-pantsd", "--no-dynamic-ui", *arguments],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


class TestRuff:
    @pytest.fixture
    def module(self, repository: Repository) -> Path:
        repository.write("ruff.toml", 'line-length = 100\n[lint]\nselect = ["F"]\n')
        repository.write("code/BUILD", "python_sources()\n")
        return repository.write("code/module.py", "import os\n\nx=1\n")

    def test_lint_names_the_rule_and_the_file(self, repository: Repository, module: Path) -> None:
        linted = repository.pants("lint", "code::")
        assert linted.returncode == 1
        assert "ruff-check failed" in linted.stderr
        assert "ruff-format failed" in linted.stderr
        assert "F401" in linted.stderr
        assert "code/module.py:1:8" in linted.stderr
        assert module.read_text() == "import os\n\nx=1\n"

    def test_fix_and_fmt_rewrite_what_lint_is_against(
        self, repository: Repository, module: Path
    ) -> None:
        rewritten = repository.pants("fix", "lint", "code::")
        assert rewritten.returncode == 0, rewritten.stderr
        assert module.read_text() == "x = 1\n"

    def test_what_cannot_be_fixed_stays_and_lint_reports_it(
        self, repository: Repository, module: Path
    ) -> None:
        module.write_text("x = missing\n")
        assert repository.pants("fix", "code::").returncode == 0
        assert "F821" in repository.pants("lint", "code::").stderr


class TestAlias:
    @pytest.fixture
    def build_file(self, repository: Repository) -> Path:
        repository.write("code/BUILD", "python_sources()\nfiles(name='data', sources=['*.txt'])\n")
        repository.write("code/data.txt", "")
        repository.write("code/program.py", "import sys\nprint(sys.argv[1:])\n")
        return repository.write(
            "short/BUILD", "run_alias(name='greet', run='code/program.py', args=['hello'])\n"
        )

    @pytest.mark.usefixtures("build_file")
    def test_its_arguments_come_before_those_of_the_caller(self, repository: Repository) -> None:
        ran = repository.pants("run", "short:greet", "--", "you")
        assert ran.stdout == "['hello', 'you']\n", ran.stderr

    def test_what_cannot_be_run_is_refused_by_name(
        self, repository: Repository, build_file: Path
    ) -> None:
        build_file.write_text("run_alias(name='greet', run='code:data')\n")
        ran = repository.pants("run", "short:greet")
        assert ran.returncode == 1
        assert "short:greet: code:data is not one thing that can be run" in ran.stderr


class TestYarn:
    @pytest.fixture
    def project(self, repository: Repository) -> Path:
        repository.write("site/package.json", PACKAGE_JSON)
        repository.write("site/yarn.lock", YARN_LOCK)
        repository.write("site/page.html", "<title>Hello</title>  \n")
        repository.write(
            "site/BUILD",
            "yarn_package(scripts=['check', 'fmt', 'lint', 'test'],"
            " build_path='pages', package_path='built-site')\n",
        )
        return repository.root / "site"

    def test_the_scripts_are_goals_and_the_build_is_packaged(
        self, repository: Repository, project: Path
    ) -> None:
        done = repository.pants("fmt", "lint", "check", "test", "package", "site::")
        assert done.returncode == 0, done.stderr
        formatted = "<title>Hello</title>\n"
        assert (project / "page.html").read_text() == formatted
        assert (repository.root / "dist/built-site/index.html").read_text() == formatted
        (report,) = (repository.root / "dist/test/reports").glob("*.xml")
        assert ElementTree.parse(report).getroot().get("tests") == "1"  # noqa: S314

    @pytest.mark.parametrize(
        ("goal", "file"), [("lint", "fixme"), ("test", "broken"), ("check", "page.html")]
    )
    def test_a_script_that_fails_fails_its_goal(
        self, repository: Repository, project: Path, goal: str, file: str
    ) -> None:
        (project / file).write_text("no heading\n")
        if goal == "lint":
            assert repository.pants("fmt", "site::").returncode == 0
        failed = repository.pants(goal, "site::")
        assert failed.returncode == 1, failed.stderr
        assert f"yarn-{goal} failed" in failed.stderr or "site:site failed" in failed.stderr

    @pytest.mark.usefixtures("project")
    def test_what_was_built_is_a_resource_of_who_depends_on_it(
        self, repository: Repository
    ) -> None:
        repository.write("code/BUILD", "python_sources(dependencies=['site'])\n")
        repository.write(
            "code/program.py",
            "import pkgutil\nprint(pkgutil.get_data('pages', 'index.html').decode().strip())\n",
        )
        repository.write("pages/__init__.py", "")
        repository.write("pages/BUILD", "python_sources()\n")
        ran = repository.pants("run", "code/program.py")
        assert ran.stdout == "<title>Hello</title>\n", ran.stderr

    def test_a_lock_that_does_not_fit_fails(self, repository: Repository, project: Path) -> None:
        changed = PACKAGE_JSON.replace('"scripts"', '"dependencies": {"ms": "2.1.3"}, "scripts"')
        (project / "package.json").write_text(changed)
        failed = repository.pants("package", "site::")
        assert failed.returncode == 1
        assert "The lockfile would have been modified by this install" in failed.stderr
