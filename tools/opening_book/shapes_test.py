"""Every board has one number, its mirror image the same."""

from __future__ import annotations

from itertools import product

import numpy as np

from opening_book.shapes import mirrored, ranks, sets, shapes


def test_a_shape_or_its_mirror_image_is_numbered() -> None:
    numbered = set(shapes(2))
    assert len(shapes(2)) == len(numbered) == 16
    for heights in product(range(3), repeat=7):
        if sum(heights) == 2:
            assert numbered & {heights, heights[::-1]}


def test_sets_are_ranked_without_gaps() -> None:
    every = sets(8, 4)
    assert len(every) == 70
    assert ranks(every, 8, 4).tolist() == list(range(70))


def test_a_mirror_image_has_its_columns_in_the_other_order() -> None:
    shape = (2, 0, 0, 1, 0, 0, 3)
    # Column 1 from the bottom: no, yes; column 4: yes; column 7: no, no, yes.
    own = np.array([0b100_1_10])
    assert mirrored(own, shape).tolist() == [0b10_1_100]
    assert mirrored(mirrored(own, shape), shape[::-1]).tolist() == own.tolist()
