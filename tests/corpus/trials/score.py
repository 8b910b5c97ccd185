"""Score the cutter on the trial articles.

    python -m tests.corpus.trials.score [FOLDER | FILE.trial ...] [--show N] [--kinds] [--raw FOLDER]

For each trial: the share of the truth's sentences that stand whole in one kept passage, the share of its text that was
kept, and the share of what was kept that is no running text; then, which the three figures do not see, the share of the
kept text whose kind is wrong, and the number of passages in which several of the truth's pieces stick together. White
space counts nowhere; what careful readers differ on (`either`) counts neither for nor against. `--show` prints N failures of each sort and trial, `--kinds` where text
went to another kind, `--raw` writes the raw texts to a folder.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.trials.load import FOLDER, KEPT, Trial, load, trials

from bianma.corpus.cut import passages
from bianma.records import DocId, Passage


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one trial. `broken` are sentences; `lost` and `leaked` raw ranges with the kind they were or got."""

    name: str
    sentences: int
    broken: list[tuple[str, str]]
    wanted: int
    lost: list[tuple[str, str]]
    lost_count: int
    kept: int
    leaked: list[tuple[str, str]]
    leaked_count: int
    kinds: Counter[tuple[str, str]]
    glued: list[tuple[str, str]]

    @property
    def figures(self) -> tuple[float, float, float, float]:
        """Whole, kept, leaked, of a wrong kind."""
        whole = 1 - len(self.broken) / max(1, self.sentences)
        wrong = sum(n for (a, b), n in self.kinds.items() if a in KEPT and b in KEPT)
        kept = 1 - self.lost_count / max(1, self.wanted)
        return whole, kept, self.leaked_count / max(1, self.kept), wrong / max(1, self.wanted)


def score(trial: Trial) -> Score:
    """Cut the trial's raw text and compare."""
    return compare(trial, passages(DocId(trial.name), trial.raw))


def compare(trial: Trial, cut: list[Passage]) -> Score:
    """Compare passages with the truth."""
    truth, free = _by_position(trial)
    got = {i: p.kind for p in cut for a, b in p.spans for i in range(a, b) if not trial.raw[i].isspace()}
    want = {i for i, kind in truth.items() if kind in KEPT}
    have = {i for i, kind in got.items() if kind in KEPT and i not in free}
    texts = [_squash(p.text) for p in cut if p.kind in KEPT]
    rows = [(p.kind, s) for p in trial.pieces if p.kind in KEPT for s in p.sentences() if _squash(s)]
    lost, leaked = sorted(want - have), sorted(have - want)
    return Score(
        name=trial.name,
        sentences=len(rows),
        broken=[row for row in rows if not any(_squash(row[1]) in t for t in texts)],
        wanted=len(want),
        lost=[(f"{truth[a]}→{got.get(a, '-')}", trial.raw[a:b]) for a, b in _runs(lost, trial.raw)],
        lost_count=len(lost),
        kept=len(have),
        leaked=[(f"{truth.get(a, '-')}→{got[a]}", trial.raw[a:b]) for a, b in _runs(leaked, trial.raw)],
        leaked_count=len(leaked),
        glued=_glued(trial, cut),
        kinds=Counter((k, got.get(i, "-")) for i, k in truth.items() if got.get(i, "-") != k),
    )


def _by_position(trial: Trial) -> tuple[dict[int, str], set[int]]:
    truth = {i: p.kind for p in trial.pieces for a, b in p.ranges for i in range(a, b) if not trial.raw[i].isspace()}
    free = {i for i, kind in truth.items() if kind == "either"}
    return {i: kind for i, kind in truth.items() if i not in free}, free


def _glued(trial: Trial, cut: list[Passage]) -> list[tuple[str, str]]:
    piece_at = {i: n for n, p in enumerate(trial.pieces) if p.kind in KEPT for a, b in p.ranges for i in range(a, b)}
    rows = []
    for p in cut:
        held = {piece_at.get(i) for a, b in p.spans for i in range(a, b) if not trial.raw[i].isspace()} - {None}
        if p.kind in KEPT and len(held) > 1:
            rows.append(("+".join(trial.pieces[n].kind for n in sorted(held)), p.text))
    return rows


def _squash(text: str) -> str:
    return "".join(text.split())


def _runs(positions: list[int], raw: str) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for i in positions:
        if runs and not raw[runs[-1][1] : i].strip():
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _short(text: str, width: int = 90) -> str:
    flat = text.replace("\n", "⏎").replace("\f", "␌")
    return flat if len(flat) <= width else f"{flat[: width - 25]}…{flat[-24:]}"


def _print(s: Score, *, show: int, kinds: bool) -> None:
    for name, rows in (("broken", s.broken), ("lost", s.lost), ("leaked", s.leaked), ("glued", s.glued)):
        for kind, text in rows[:show]:
            print(f"    {name:7} {kind:22} {_short(text)}")
    if kinds:
        print("    " + ", ".join(f"{a}→{b} {n}" for (a, b), n in s.kinds.most_common(8)))


def main(argv: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[FOLDER])
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--raw", type=Path)
    args = parser.parse_args(argv)
    found = [t for path in args.paths for t in (trials(path) if path.is_dir() else [load(path)])]
    print(f"{'trial':28} {'sent.':>5} {'whole':>6} {'kept':>7} {'leaked':>7} {'kind':>6} {'glued':>5}")
    for trial in found:
        if args.raw:
            args.raw.mkdir(parents=True, exist_ok=True)
            (args.raw / f"{trial.name}.{trial.head.get('ending', 'txt')}").write_bytes(trial.raw.encode())
        s = score(trial)
        print("{:28} {:5} {:6.3f} {:7.4f} {:7.4f} {:6.3f} {:5}".format(s.name, s.sentences, *s.figures, len(s.glued)))
        _print(s, show=args.show, kinds=args.kinds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
