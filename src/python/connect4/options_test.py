"""Arguments come first, then the environment, then what is good for most."""

from pathlib import Path

import pytest

from connect4.options import Options, parse


def test_nothing_has_to_be_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    options = parse([], {})
    assert (options.host, options.port, options.database_url) == ("127.0.0.1", 5000, None)
    assert options.data.is_relative_to(tmp_path)
    assert options.data.name == "connect4"


def test_the_environment_is_honoured() -> None:
    environ = {"HOST": "192.0.2.7", "PORT": "5001", "DATABASE_URL": "postgresql://db/connect4"}
    options = parse([], environ)
    assert (options.host, options.port) == ("192.0.2.7", 5001)
    assert options.database_url == "postgresql://db/connect4"


def test_arguments_outdo_the_environment() -> None:
    arguments = ["--data", "my games", "--host", "::1", "--port", "0"]
    environ = {"HOST": "192.0.2.7", "PORT": "5001", "DATABASE_URL": ""}
    assert parse(arguments, environ) == Options(Path("my games"), "::1", 0, None)


@pytest.mark.parametrize(
    ("arguments", "environ", "named"),
    [
        (["--port", "70000"], {}, "--port: '70000' is not a port"),
        (["--port", "-1"], {}, "--port"),
        (["--port", "http"], {}, "--port: 'http' is not a port"),
        ([], {"PORT": "x"}, "--port: 'x' is not a port"),
        (["--data"], {}, "--data"),
        (["--dat", "x"], {}, "--dat"),
        (["play"], {}, "play"),
        (["--data", "x"], {"DATABASE_URL": "postgresql://db"}, "--data has no effect"),
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
    assert said.startswith("connect4: ")
    assert said.count("\n") == 1


def test_help_shows_any_data_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", "/100%s")
    monkeypatch.setenv("XDG_DATA_HOME", "/100%s")
    with pytest.raises(SystemExit):
        parse(["--help"], {})
    assert "/100%s/" in capsys.readouterr().out
