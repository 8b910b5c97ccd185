"""Everything that bianma raises on purpose.

    BianmaError
    ├── SpanError         a range that does not fit its text, or a quote that is not there
    ├── SourceError       an article that cannot be read as text
    ├── RecordError       a line of a JSONL file that is no such record
    ├── ConfigError       a YAML file with problems: all of them, each with file and line
    │   └── CodebookError     the same, in the codebook
    ├── PatternError      a cue's pattern that cannot be read, or that would try too many ways
    ├── StudyError        a folder that is no study, or lacks what a command needs
    ├── StudioError       Label Studio cannot be reached, refuses, or answers what it must not
    └── ReaderError       the same of the language model that a study has as its reader

A message says what is wrong, where, and what would be valid, in one sentence that a user can act on.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class BianmaError(Exception):
    """The root: catch this to catch all that bianma raises on purpose."""


class SpanError(BianmaError):
    """A range that does not fit its text, or a quote that does not stand there."""


class SourceError(BianmaError):
    """An article that cannot be read as text."""


class RecordError(BianmaError):
    """A line of a JSONL file that is no record of the expected type."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a file: `path`, 1-based `line` (0: the file as a whole) and what to do about it."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class ConfigError(BianmaError):
    """A YAML file with problems; `problems` holds every one of them, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class CodebookError(ConfigError):
    """Problems in the codebook."""


class PatternError(BianmaError):
    """A cue's pattern that cannot be read, or that would try too many ways."""


class StudyError(BianmaError):
    """A folder that is no study, or a study that lacks what a command needs."""


class StudioError(BianmaError):
    """Label Studio cannot be reached, refuses, or answers what it must not."""


class ReaderError(BianmaError):
    """The reader's endpoint cannot be reached, refuses, or answers what is no chat completion."""
