"""What a text says around a concept: whether it holds, who says so, and whose act, fear or role it is.

One scan finds the words that can tell (`suggest.nearby`, from `codebook/actors.yaml` and `voices.yaml`); rules decide:

- *polarity*: the negators that govern the span are counted, and two of them make an assertion. A negator governs what
  follows it in its clause, until the argument turns (而是, 导致); 落空, and a negated 形成, govern what stands before.
- *voice*, *holder*: the nearest report that the span lies within (`suggest.reported`).
- *actor*: the nearest name before the span in its clause that is no object, then one behind it or in another clause.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from bianma.codebook.surroundings import DOTS, Actors, Surroundings, Voices
from bianma.records import CodeId
from bianma.spans import Span
from bianma.suggest.nearby import Group, Nearby, Word, Words
from bianma.suggest.reported import Reports
from bianma.suggest.scan import scan_form

_REACH, _SHORT_REACH, _ENGLISH_REACH = 18, 8, 45  # characters between a negator and what it denies
_BACK, _ENGLISH_BACK = 8, 16  # characters between a denied thing and what denies it from behind
_SUBJECT_WITHIN = 4  # characters of a clause before the name that is its subject
_OPENED_WITHIN = 8  # characters between a span and 的 that ends its description of somebody


class Attributes:
    """The compiled surroundings. Compile once, ask for many texts."""

    def __init__(self, surroundings: Surroundings) -> None:
        voices, actors = surroundings.voices, surroundings.actors
        self._words = Words([*_voice_words(voices), *_actor_words(actors)])
        self._polarity = _Polarity(voices) if voices.negation else None
        self._reports = Reports(voices) if voices.reports else None
        self._actors = _ActorRules(actors) if actors.names else None

    def of(self, text: str, span: Span, code: CodeId) -> dict[str, str]:
        """Return polarity, voice, holder and actor of `span` (code points of `text`), where each can be told."""
        return self.of_all(text, [(span, code)])[0]

    def of_all(self, text: str, spans: Iterable[tuple[Span, CodeId]]) -> list[dict[str, str]]:
        """Return the attributes of each span, in order; `text` is scanned once.

        A span of which nothing is left when the text is folded, or that lies beyond it, has none. What a missing file
        would tell is left out. The holder is in the text's own wording, the actor by the canonical name.
        """
        asked = list(spans)
        if not asked:
            return []
        near = self._words.nearby(text)
        reports = self._reports.of(near) if self._reports else []
        out: list[dict[str, str]] = []
        for span, code in asked:
            at = near.offsets.to_derived(span)
            told: dict[str, str] = {}
            if at and self._polarity:
                told["polarity"] = "denied" if self._polarity.denied(near, at, code) else "asserted"
            if at and self._reports:
                voice = self._reports.told(near, reports, at.start, at.end)
                told["voice"] = "attributed" if voice.attributed else "author"
                if voice.holder:
                    told["holder"] = near.quote(*voice.holder)
            if at and self._actors and (name := self._actors.name(near, at, code)):
                told["actor"] = name
            out.append(told)
        return out


class _Polarity:
    def __init__(self, voices: Voices) -> None:
        self._not_for = {scan_form(term)[0]: codes for term, codes in voices.not_for.items()}
        splits = (s.partition(DOTS) for s in voices.negation.get("split", ()))
        self._splits = [(scan_form(a)[0], scan_form(b)[0]) for a, _, b in splits]

    def denied(self, near: Nearby, at: Span, code: CodeId) -> bool:
        low, high = near.clause(at.start)
        before = near.words("negation", low, at.start)
        governing = [
            w
            for i, w in enumerate(before)
            if w.roles & {"forward", "lacking"}
            and code not in self._not_for.get(w.form, ())
            and _governs(near, w, before[i + 1 :], at.start)
            and not self._is_second(near, before[:i], w)
        ]
        return (len(governing) + _denials_behind(near, at, near.words("negation", at.end, high))) % 2 == 1

    def _is_second(self, near: Nearby, earlier: Sequence[Word], word: Word) -> bool:
        """Tell whether `word` closes a phrase like 非…不可, or is the middle of 是不是."""
        if (
            word.form[0] in "不没"
            and near.form[word.start - 1 : word.start] == near.form[word.start + 1 : word.start + 2]
        ):
            return True
        return any(
            near.form.startswith(second, word.start) and any(w.form == first and w.end < word.start for w in earlier)
            for first, second in self._splits
        )


def _governs(near: Nearby, negator: Word, between: Sequence[Word], start: int) -> bool:
    """Tell whether `negator` denies what begins at `start`, with the words `between` them."""
    if start - negator.end > _reach(negator):
        return False
    stops = {"ends", "lacking_ends"} if "lacking" in negator.roles else {"ends"}
    at = negator.end
    for word in between:
        adjacent = not near.form[at : word.start].strip()
        if adjacent and "light" in word.roles:
            at = word.end
        elif (adjacent and "removing" in word.roles) or (not adjacent and word.roles & stops):
            return False
    # 未签约的日本追随…: what 的 describes is somebody, and the negator stays in the description
    return not any(w.name and near.form[w.start - 1] == "的" for w in near.words("actors", negator.end, start))


def _reach(negator: Word) -> int:
    if negator.form.isascii():
        return _ENGLISH_REACH
    return _SHORT_REACH if len(negator.form) == 1 else _REACH


def _denials_behind(near: Nearby, at: Span, after: Sequence[Word]) -> int:
    """Return how many denials follow the thing at `at`: 落空 is one, 尚未形成 too, 并未消失 two."""
    end = at.end
    for i, word in enumerate(after):
        gap = near.form[end : word.start]
        if len(gap) > (_ENGLISH_BACK if word.form.isascii() else _BACK) or word.roles & {"ends", "no_negation"}:
            return 0
        if any(w.name for w in near.words("actors", end, word.start)):
            return 0
        if "backward" in word.roles:
            return 1
        if word.roles & {"forward", "lacking"}:
            return _negated_verb(near, word, after[i + 1 :])
    return 0


def _negated_verb(near: Nearby, negator: Word, after: Sequence[Word]) -> int:
    at = negator.end
    for word in after:
        if near.form[at : word.start].strip():
            return 0
        if "happening" in word.roles:
            return 1
        if "backward" in word.roles:
            return 2
        at = word.end
    return 0


class _ActorRules:
    def __init__(self, actors: Actors) -> None:
        self._things = _forms(actors.things)
        self._objects = _forms(actors.objects_of)
        self._strong, self._weak = _forms(actors.joined_strong), _forms(actors.joined_weak)
        self._together = _forms(actors.together)
        self._agents = _forms(actors.agents)
        self._fear_codes = actors.fear_codes

    def name(self, near: Nearby, at: Span, code: CodeId) -> str:
        """Return who acts, canonical names joined by "; "; nothing where nobody fitting is named."""
        low, high = near.sentence(at.start)
        found = [w for w in near.words("actors", low, high) if w.end <= at.start or w.start >= at.end]
        rows = [row for row in self._rows(near, [w for w in found if w.name]) if not self._is_thing(near, row[-1])]
        clause = near.clause(at.start)
        feared = next((w.start for w in found if "fear" in w.roles and clause[0] <= w.start < at.start), None)
        limit = feared if feared is not None and code in self._fear_codes else at.start
        chosen = self._before(near, rows, clause[0], limit) or self._behind(near, rows, at.end, clause[1])
        chosen = chosen or self._earlier(near, rows, clause[0]) or self._next(near, rows, clause[1])
        return "; ".join(dict.fromkeys(name for w in chosen or () for name in w.name.split("; ")))

    def _before(self, near: Nearby, rows: list[list[Word]], low: int, limit: int) -> list[Word] | None:
        fitting = [r for r in rows if low <= r[0].start and r[-1].end <= limit and not self._is_object(near, r, limit)]
        return fitting[-1] if fitting else None

    def _behind(self, near: Nearby, rows: list[list[Word]], end: int, high: int) -> list[Word] | None:
        """Return whom the span describes (被抛弃的日本) or who does it (by Japan), in the clause of the span."""
        for row in rows:
            start = row[0].start
            if end <= start < high and _follows(near.form, start, self._agents) and start - end <= _OPENED_WITHIN:
                return row
        return None

    def _earlier(self, near: Nearby, rows: list[list[Word]], low: int) -> list[Word] | None:
        """Return the subject of the nearest clause before: its first name that is no object."""
        fitting = [r for r in rows if r[-1].end <= low and not self._is_object(near, r, low)]
        if not fitting:
            return None
        last = near.clause(fitting[-1][0].start)
        return next(r for r in fitting if r[0].start >= last[0])

    def _next(self, near: Nearby, rows: list[list[Word]], high: int) -> list[Word] | None:
        """Return the subject of the clause behind, where a name begins it."""
        for row in rows:
            if row[0].start > high:
                near_edge = row[0].start - near.clause(row[0].start)[0] <= _SUBJECT_WITHIN
                return row if near_edge and not self._is_object(near, row, high) else None
        return None

    def _is_object(self, near: Nearby, row: list[Word], limit: int) -> bool:
        """Tell whether an act is directed at the row: 对美国; who owns what follows at once is none: 依赖美国的."""
        start, end = row[0].start, row[-1].end
        if not (word := _follows(near.form, start, self._objects)):
            return False
        owner = near.form[end:limit] in ("的", "'s ", "' ")
        return not (owner and len(word) > 1 and not word.isascii())

    def _is_thing(self, near: Nearby, word: Word) -> bool:
        return near.form.startswith(self._things, word.end + (near.form[word.end : word.end + 1] == " "))

    def _rows(self, near: Nearby, names: list[Word]) -> list[list[Word]]:
        """Return the names, those in one row that act together."""
        rows: list[list[Word]] = []
        for name in names:
            between = near.form[rows[-1][-1].end : name.start].strip() if rows else ""
            weak = between in self._weak and near.form.startswith(self._together, name.end)
            if rows and (between in self._strong or weak):
                rows[-1].append(name)
            else:
                rows.append([name])
        return rows


def _follows(form: str, at: int, words: tuple[str, ...]) -> str:
    """Return the word of `words` that stands directly before `at`, an English article between them left out."""
    before = form[max(0, at - 24) : at].rstrip().removesuffix(" the")
    for word in words:
        if before.endswith(word) and not (word.isascii() and before[: -len(word)][-1:].isalnum()):
            return word
    return ""


def _forms(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({scan_form(word)[0] for word in words}, key=lambda form: (-len(form), form)))


def _voice_words(voices: Voices) -> Iterator[tuple[Group, str, str, str]]:
    for kind, words in voices.negation.items():
        if kind != "split":
            yield from (("negation", kind, word, "") for word in words)
    for split in voices.negation.get("split", ()):
        yield "negation", "first", split.partition(DOTS)[0], ""
    for kind in ("verbs", "naming", "showing", "views", "own", "no_report", "ends"):
        yield from (("reports", kind, word, "") for word in voices.reports.get(kind, ()))


def _actor_words(actors: Actors) -> Iterator[tuple[Group, str, str, str]]:
    for name, aliases in actors.names.items():
        yield from (("actors", "name", word, name) for word in (name, *aliases))
    for size in (2, 3):
        for row in permutations(actors.short, size):
            yield "actors", "short", "".join(row), "; ".join(actors.short[c] for c in row)
    yield from (("actors", "none", word, "") for word in actors.not_names)
    yield from (("actors", "fear", word, "") for word in actors.fear_words)
