"""Arguments come first, then the environment, then what is good for most."""

import os
from pathlib import Path

import pytest

from connect4.options import Backup, Play, Restore, parse

HOME = Path("/home/share/connect4")


def test_nothing_has_to_be_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    options = parse([], {})
    assert isinstance(options, Play)
    assert (options.host, options.port) == ("127.0.0.1", 5000)
    assert options.data is not None
    assert options.data.is_relative_to(tmp_path)
    assert options.data.name == "connect4"


def test_the_environment_is_honoured() -> None:
    environ = {"HOST": "192.0.2.7", "PORT": "5001", "DATABASE_URL": "postgresql://db/connect4"}
    assert parse([], environ) == Play(None, "192.0.2.7", 5001)


def test_arguments_outdo_the_environment() -> None:
    arguments = ["--data", "my games", "--host", "::1", "--port", "0"]
    environ = {"HOST": "192.0.2.7", "PORT": "5001", "DATABASE_URL": ""}
    assert parse(arguments, environ) == Play(Path("my games"), "::1", 0)


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["backup", "file"], Backup(HOME, Path("file"))),
        (["backup", "file", "--data", "games"], Backup(Path("games"), Path("file"))),
        (["--data", "games", "backup", "file"], Backup(Path("games"), Path("file"))),
        (["restore", "file"], Restore(HOME, Path("file"), replace=False)),
        (["restore", "--replace", "file"], Restore(HOME, Path("file"), replace=True)),
    ],
)
def test_games_can_be_backed_up_and_restored(
    arguments: list[str], asked: Backup | Restore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(HOME.parent))
    assert parse(arguments, {}) == asked


@pytest.mark.parametrize(
    ("arguments", "environ", "named"),
    [
        (["--port", "70000"], {}, "--port: '70000' is not a port"),
        (["--port", "-1"], {}, "--port"),
        (["--port", "http"], {}, "--port: 'http' is not a port"),
        ([], {"PORT": "x"}, "--port: 'x' is not a port"),
        (["--data"], {}, "--data"),
        (["--dat=x"], {}, "--dat"),
        (["play"], {}, "play"),
        (["--data", "x"], {"DATABASE_URL": "postgresql://db"}, "--data has no effect"),
        (["backup"], {}, "FILE"),
        (["backup", "x"], {"DATABASE_URL": "postgresql://db"}, "backup is for its own PostgreSQL"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(
    arguments: list[str], environ: dict[str, str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(arguments, environ)
    assert exit_.value.code == 2
    said = capsys.readouterr().err
    assert named in said
    assert said.startswith(("connect4: ", "connect4 backup: "))
    assert said.count("\n") == 1


def test_help_shows_any_data_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", "/100%s")
    monkeypatch.setenv("XDG_DATA_HOME", "/100%s")
    with pytest.raises(SystemExit):
        parse(["--help"], {})
    assert "/100%s/" in capsys.readouterr().out


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container: no HOME, and a user without an entry in /etc/passwd."""
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)


@pytest.mark.usefixtures("no_home")
def test_without_a_home_the_folder_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(["--data", "x"], {}) == Play(Path("x"), "127.0.0.1", 5000)
    assert parse([], {"DATABASE_URL": "postgresql://db"}) == Play(None, "127.0.0.1", 5000)
    with pytest.raises(SystemExit, match="0"):
        parse(["--help"], {})
    assert "without a HOME" in " ".join(capsys.readouterr().out.split())
    with pytest.raises(SystemExit, match="2"):
        parse([], {})
    assert capsys.readouterr().err == (
        "connect4: no home folder to keep the games in: set HOME, or name a folder with --data"
        " (see --help)\n"
    )
