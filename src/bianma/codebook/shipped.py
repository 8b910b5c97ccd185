"""Where the codebook that comes with bianma lies."""

from pathlib import Path

from bianma.errors import BianmaError


def shipped_codebook() -> Path:
    """Return the folder of the codebook that comes with bianma: packed beside the code, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    for place in (package / "sample" / "codebook", package.parents[1] / "codebook"):
        if place.is_dir():
            return place
    raise BianmaError("this installation of bianma lacks its codebook: install it anew")
