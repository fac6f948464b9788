"""Codes from photos of paper and glass: ours are read as often as a plain QR code of the same size."""

from __future__ import annotations

import pytest

from benchmarks.codes import plain, subjects, zxing
from benchmarks.photos import DAMAGES, photo


@pytest.mark.parametrize("name", ["label 50x30 mm, 203 dpi", "slip 58 mm", "screen, portrait"])
@pytest.mark.parametrize("damage", ["perspective", "glare", "moiré"])
def test_a_photo_is_read_where_a_plain_code_is(name: str, damage: str) -> None:
    image, code, where, wide = subjects()[name]
    beside = plain(code, where, image.size)
    for seed in range(2):
        [ours] = zxing([photo(image, DAMAGES[damage], seed, wide=wide)])
        [other] = zxing([photo(beside, DAMAGES[damage], seed, wide=wide)])
        assert code in ours or code not in other
