"""Suggestions: what the codebook finds in a passage, as ranges of the raw source."""

from bianma.suggest.pipeline import Engine, find, suggest

__all__ = ["Engine", "find", "suggest"]
