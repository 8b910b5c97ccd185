"""The codebook: loaded with every error at its line, and checked with its own examples."""

from bianma.codebook.check import Finding, check
from bianma.codebook.load import Located, load, load_located, schema
from bianma.codebook.model import Attribute, Bilingual, Code, Codebook, Cue, Example, Family, Work

__all__ = [
    "Attribute",
    "Bilingual",
    "Code",
    "Codebook",
    "Cue",
    "Example",
    "Family",
    "Finding",
    "Located",
    "Work",
    "check",
    "load",
    "load_located",
    "schema",
]
