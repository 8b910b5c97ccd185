"""Readings for tests: any text, cut anyhow, as `corpus` might."""

from hypothesis import strategies as st

from bianma.corpus.offsets import derive
from bianma.records import DocId, Metadata, Passage, PassageId, Source, text_sha
from bianma.report import Reading
from bianma.report.words import KINDS

CHARACTERS = st.one_of(
    st.sampled_from(list("国安𠮷①<&>\"' \n\r\t\f\u3000\u00a0\u200b\ufeff\u2028\u0085$#`é🀄")),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
)


def source_of(raw, **fields):
    defaults = {"path": "corpus/文.txt", "reader": "text", "encoding": "utf-8"}
    return Source(doc=DocId("文"), sha=text_sha(raw), length=len(raw), **(defaults | fields))


def passage_of(raw, n, spans, edits=(), **fields):
    text, _ = derive(raw, spans, edits)
    defaults = {"kind": "body", "language": "zh-Hans"}
    return Passage(id=PassageId(f"文-{n}"), doc=DocId("文"), index=n, text=text, spans=tuple(spans), edits=tuple(edits), **(defaults | fields))  # fmt: skip


def reading_of(raw, *passages, about=None, **fields):
    return Reading(source_of(raw, **fields), raw, passages, about)


@st.composite
def readings(draw):
    """Passages that interrupt each other, leave out, write and insert; notes with marks anywhere."""
    raw = draw(st.text(CHARACTERS, min_size=1, max_size=40))
    count = draw(st.integers(0, 4))
    owners = draw(st.lists(st.integers(-1, count - 1), min_size=len(raw), max_size=len(raw)))
    parts = {n: ([], []) for n in range(count)}
    at = 0
    while at < len(raw):
        end = at + 1
        while end < len(raw) and owners[end] == owners[at]:
            end += 1
        if owners[at] >= 0:
            spans, edits = parts[owners[at]]
            if draw(st.booleans()):
                spans.append((at, end))
            else:
                edits.append((at, draw(st.sampled_from([at, end])), draw(st.text(CHARACTERS, min_size=1, max_size=2))))
        at = end
    passages = [
        passage_of(
            raw,
            n,
            spans,
            edits,
            kind=draw(st.sampled_from(list(KINDS))),
            mark=draw(st.sampled_from([None, "①", "<*>"])),
            mark_at=draw(st.sampled_from([None, (0, 1), (len(raw) - 1, len(raw))])),
        )
        for n, (spans, edits) in parts.items()
    ]
    titles = draw(st.dictionaries(st.sampled_from(["zh", "en"]), st.text(CHARACTERS, max_size=5)))
    return reading_of(raw, *passages, about=Metadata(doc=DocId("文"), title=titles))
