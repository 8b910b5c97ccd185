"""A share of `tests.corpus.fuzz`: random input is refused in one sentence or read with every promise kept."""

from collections import Counter
from pathlib import Path

import pytest
from tests.corpus import fuzz


def test_random_input_is_read_or_refused(tmp_path: Path) -> None:
    came = Counter(fuzz.run_once(seed, tmp_path) for seed in range(300))
    assert came["read"] > 150
    assert came["refused"] > 30


@pytest.mark.slow
def test_much_random_input_is_read_or_refused(tmp_path: Path) -> None:
    came = Counter(fuzz.run_once(seed, tmp_path) for seed in range(300, 4000))
    assert came.total() == 3700
