"""Writes the opening book of the client's computer player: the exact scores of all boards with 8
and with 12 discs, and the licence of the package that they come from.

    ./pants run tools/opening_book:opening_book

A file has a byte a board, its score, in the order of `shapes.py`, compressed with zlib's format.
"""

from __future__ import annotations

import sys
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
from zopfli import zlib

from opening_book.book import Layer, can_win, is_over, layer_before
from opening_book.database import DISCS, twelve_discs
from opening_book.shapes import sets, shapes

FOLDER = Path("src/js/connect4-client/src/solver/book")
SMALLER = 8


def main(folder: Path) -> None:
    """Writes the book into FOLDER, the same bytes for the same packages."""
    layer = twelve_discs()
    _write(layer, DISCS, folder)
    for discs in range(DISCS - 1, SMALLER - 1, -1):
        layer = layer_before(layer, discs)
    _write(layer, SMALLER, folder)
    licence = distribution("bitbully-databases").read_text("licenses/LICENSE")
    if licence is None:
        sys.exit("bitbully-databases comes without its licence")
    (folder / "LICENSE").write_text(licence)


def _write(layer: Layer, discs: int, folder: Path) -> None:
    own = sets(discs, discs // 2)
    scores = np.concatenate([layer[shape] for shape in shapes(discs)])
    # Where the game is over, or over with the next disc, nothing is looked up.
    unused = np.concatenate([can_win(own, shape) | is_over(own, shape) for shape in shapes(discs)])
    # What is there already compresses best.
    used_before = np.maximum.accumulate(np.where(unused, 0, np.arange(len(scores))))
    compressed = zlib.compress(scores[used_before].tobytes(), numiterations=5)
    (folder / f"{discs}-discs.bin").write_bytes(compressed)


if __name__ == "__main__":
    main(FOLDER)
