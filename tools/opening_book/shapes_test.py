"""Every board has one number, its mirror image the same."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from opening_book.shapes import mirrored, ranks, sets, shapes


@pytest.mark.parametrize("discs", [0, 1, 2, 8])
def test_a_shape_or_its_mirror_image_is_numbered(discs: int) -> None:
    numbered = shapes(discs)
    assert len(set(numbered)) == len(numbered)
    for heights in product(range(7), repeat=7):
        if sum(heights) == discs:
            assert (heights in numbered) or (heights[::-1] in numbered)


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
