"""What the client and the server have is what the commands write."""

from __future__ import annotations

from pathlib import Path

from opening_book import __main__ as command
from opening_book import balanced, reference

CLIENT = Path("src/js/connect4-client/src/solver")
SERVER = Path("src/python/connect4_server")


def test_the_book_is_written_again_to_the_byte(tmp_path: Path) -> None:
    command.main(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written.keys() == {"8-discs.bin", "12-discs.bin", "LICENSE"}
    for name, content in written.items():
        assert (CLIENT / "book" / name).read_bytes() == content, name


def test_the_reference_is_what_bitbully_says() -> None:
    assert "\n".join(reference.lines()) + "\n" == (CLIENT / "reference.txt").read_text()


def test_the_balanced_openings_are_the_draws_with_four_discs() -> None:
    lines = balanced.lines()
    assert len(lines) == 101
    assert "\n".join(lines) + "\n" == (SERVER / "balanced_openings.txt").read_text()
