"""Regular expressions that a codebook may hold: those that cannot backtrack without end.

Every repeat has an upper bound, and what the repeats together could try from one place of a text is bounded too. The
tree of `re` itself is looked at, so nothing that Python would run is overlooked.
"""

import re
from collections.abc import Iterable
from typing import Any

from bianma.errors import PatternError

REPEAT_AT_MOST = 200  # of one part
TRIED_AT_MOST = 20_000  # ways from one place

_parser: Any = re._parser  # type: ignore[attr-defined]
_REPEATS = {_parser.MAX_REPEAT, _parser.MIN_REPEAT}


def check_expression(source: str) -> re.Pattern[str]:
    """Compile `source`; PatternError, in one sentence, where it is no expression or could try without end."""
    try:
        compiled = re.compile(source)
        tree = _parser.parse(source)
    except re.error as e:
        raise PatternError(f"{source!r} is no regular expression: {e}") from e
    tried = _ways(tree, source)
    if tried > TRIED_AT_MOST:
        raise PatternError(
            f"{source!r} could try {tried} ways from one place of a text, over {TRIED_AT_MOST}; shorten its repeats"
        )
    if compiled.match(""):
        raise PatternError(f"{source!r} matches where nothing stands; at least one character must be asked for")
    return compiled


def _ways(tree: Iterable[Any], source: str) -> int:
    ways = 1
    for operator, value in tree:
        ways *= _ways_of(operator, value, source)
    return ways


def _ways_of(operator: Any, value: Any, source: str) -> int:
    if operator in _REPEATS:
        least, most, inner = value
        if most > REPEAT_AT_MOST:
            raise PatternError(
                f"{source!r} holds a repeat without end or over {REPEAT_AT_MOST}; write {{m,n}} instead of * or +"
            )
        inside = _ways(inner, source)
        return (int(most) - int(least) + 1) * (inside if inside == 1 else inside ** min(int(most), 3))
    if operator is _parser.BRANCH:
        return max(_ways(option, source) for option in value[1])
    if operator is _parser.SUBPATTERN:
        return _ways(value[-1], source)
    if operator in (_parser.ASSERT, _parser.ASSERT_NOT):
        return _ways(value[1], source)
    if operator is _parser.GROUPREF:
        raise PatternError(f"{source!r} refers back to a group, which is not allowed here")
    return 1
