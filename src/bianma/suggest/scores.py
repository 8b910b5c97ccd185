"""How likely a find is right: from the record of its cue, of its code, and of cues of its kind on coded articles.

A cue that was right in a of n places says little where n is small, so its share is drawn towards that of the cues of
its code and kind, and that in turn towards the share of its kind in all codes:

    kind   k = right / all of the kind
    code   c = (right + 6 k) / (all + 6)      of the code's cues of that kind
    cue    p = (right + 3 c) / (all + 3)

(Beta priors worth six and three places.) Whether p is a probability was measured: docs/measured.md.
"""

from collections.abc import Iterable, Mapping

from bianma.codebook.brackets import show
from bianma.codebook.model import Cue, Record, Tally
from bianma.records import CodeId

KIND_PRIOR: Mapping[str, float] = {  # before anything was coded: what a rule prototype measured, by kind
    "compound": 0.88,
    "term": 0.80,
    "short": 0.65,
    "marked": 0.75,
    "latin": 0.85,
    "pattern": 0.66,
}
OF_KIND, OF_CODE, OF_CUE = 20.0, 6.0, 3.0  # what the wider share weighs, in places


def probability(record: Record, code: CodeId, cue: Cue) -> float:
    """Return the probability that a find of `cue` is right, in (0, 1)."""
    kind = kind_of(cue)
    of_kind = _shrunk(record.kinds.get(kind, (0, 0)), KIND_PRIOR[kind], OF_KIND)
    of_code = _shrunk(record.codes.get(f"{code}\t{kind}", (0, 0)), of_kind, OF_CODE)
    return _shrunk(record.cues.get(f"{code}\t{as_written(cue)}", (0, 0)), of_code, OF_CUE)


def made(judged: Iterable[tuple[CodeId, Cue, bool]]) -> Record:
    """Count what was judged: (code, cue, right) for each find."""
    cues: dict[str, Tally] = {}
    codes: dict[str, Tally] = {}
    kinds: dict[str, Tally] = {}
    for code, cue, right in judged:
        kind = kind_of(cue)
        for tallies, key in ((cues, as_written(cue)), (codes, kind)):
            tallies[f"{code}\t{key}"] = _one_more(tallies.get(f"{code}\t{key}"), right=right)
        kinds[kind] = _one_more(kinds.get(kind), right=right)
    return Record(dict(sorted(cues.items())), dict(sorted(codes.items())), dict(sorted(kinds.items())))


def as_written(cue: Cue) -> str:
    """Return a cue as it stands in the codebook."""
    return cue.term if cue.kind != "literal" or cue.mark == (0, len(cue.term)) else show(cue.term, [cue.mark])


def kind_of(cue: Cue) -> str:
    """Return the kind of a cue, by how it is written and how long it is.

    >>> kind_of(Cue("安全机制", (0, 4))), kind_of(Cue("对冲", (0, 2))), kind_of(Cue("充当砝码", (2, 4)))
    ('compound', 'short', 'marked')
    """
    if cue.kind == "pattern":
        return "pattern"
    if cue.mark != (0, len(cue.term)):
        return "marked"
    if cue.term.isascii():
        return "latin"
    return "short" if len(cue.term) <= 2 else "term" if len(cue.term) == 3 else "compound"


def _one_more(tally: Tally | None, *, right: bool) -> Tally:
    a, b = tally or (0, 0)
    return (a + 1, b) if right else (a, b + 1)


def _shrunk(tally: Tally, towards: float, weight: float) -> float:
    right, wrong = tally
    return (right + weight * towards) / (right + wrong + weight)
