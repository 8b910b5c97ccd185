"""The spaCy components: exact ranges whatever the tokens, and pipelines that come back as they were saved."""

import pytest

pytest.importorskip("spacy")
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from bianma.codebook import load
from bianma.codebook.shipped import shipped_codebook
from bianma.corpus.sentences import sentences
from bianma.errors import CodebookError, RecordError
from bianma.suggest import spacy_factories as factories

TEXT = "弱国害怕被抛弃，也害怕受牵连。安全机制取决于各国的预期。The alliance security dilemma persists."
GROUPS = ("bianma_concepts", "bianma_functions")


def pipeline(language="zh", **config):
    nlp = spacy.blank(language, config=config)
    for name in GROUPS:
        nlp.add_pipe(name)
    return nlp


def exact(doc, group):
    return [(s.label_, s._.bianma_start, s._.bianma_end, s._.bianma_why, s._.bianma_score) for s in doc.spans[group]]


def segmenter(name):
    return {"nlp": {"tokenizer": {"segmenter": name}}}


@pytest.fixture(scope="module")
def chars():
    return pipeline()


@pytest.fixture(scope="module")
def words():
    pytest.importorskip("jieba")
    return pipeline(**segmenter("jieba"))


@pytest.fixture(scope="module")
def english():
    return pipeline("en")


@pytest.mark.parametrize("made_by", ["chars", "words", "english"])
def test_the_ranges_do_not_depend_on_the_tokens(made_by, chars, request):
    doc = request.getfixturevalue(made_by)(TEXT)
    for group in GROUPS:
        assert exact(doc, group) == exact(chars(TEXT), group)
        assert exact(doc, group)
        for span in doc.spans[group]:
            assert span.start_char <= span._.bianma_start < span._.bianma_end <= span.end_char
            assert span.text.find(TEXT[span._.bianma_start : span._.bianma_end]) >= 0


def test_what_is_found(chars):
    doc = chars(TEXT)
    found = {(s.label_, doc.text[s._.bianma_start : s._.bianma_end]) for s in doc.spans["bianma_concepts"]}
    assert "安全机制" in {quote for _, quote in found}
    assert {label for label, _ in found} <= {c.id for c in load(shipped_codebook()).concepts}
    functions = [(s._.bianma_start, s._.bianma_end) for s in doc.spans["bianma_functions"]]
    assert functions == [(s.start, s.end) for s in sentences(TEXT)]
    assert all(0 < s._.bianma_score < 1 and s._.bianma_why["clause"] for s in doc.spans["bianma_functions"])


def test_two_spans_on_one_token_keep_each_its_own(chars):
    text = "安全机制与安全机制"
    doc = Doc(chars.vocab, words=[text], spaces=[False])
    doc = chars.get_pipe("bianma_concepts")(doc)
    ranges = [(s._.bianma_start, s._.bianma_end, s.start, s.end) for s in doc.spans["bianma_concepts"]]
    assert ranges == [(0, 4, 0, 1), (5, 9, 0, 1)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "😀", "𠀀安全机制", "安全\r\n机制", "\u3000安全机制。\n\nalliance"])
def test_any_text(chars, words, english, text):
    for nlp in (chars, words, english):
        doc = nlp(text)
        assert doc.text == text
        assert [exact(doc, g) for g in GROUPS] == [exact(chars(text), g) for g in GROUPS]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["安全机制", "安全機制", "害怕被抛弃", "alliance", "。", "，", " ", "\n", "𠀀", "é", "a"]),
        max_size=12,
    )
)
def test_quotes_stand_inside_their_tokens(chars, words, parts):
    text = "".join(parts)
    for nlp in (chars, words):
        doc = nlp(text)
        for span in doc.spans["bianma_concepts"]:
            start, end = span._.bianma_start, span._.bianma_end
            assert span.start_char <= start < end <= span.end_char
            assert text[start:end] == text[start:end].strip()


def test_a_doc_keeps_them_in_bytes_and_in_a_docbin(words):
    doc = words(TEXT)
    copies = [Doc(spacy.blank("zh").vocab).from_bytes(doc.to_bytes())]
    copies += DocBin(docs=[doc], store_user_data=True).get_docs(spacy.blank("zh").vocab)
    for copy in copies:
        assert [exact(copy, g) for g in GROUPS] == [exact(doc, g) for g in GROUPS]


def test_a_span_that_is_not_ours_has_none(chars):
    assert chars("安全机制")[0:2]._.bianma_start is None


def test_nlp_pipe_and_a_name_of_ones_own():
    nlp = spacy.blank("zh")
    nlp.add_pipe("bianma_concepts", name="mine")
    assert [len(doc.spans["mine"]) for doc in nlp.pipe(["安全机制", "无"])] == [1, 0]


def test_a_pipeline_comes_back_with_its_codebook(tmp_path, chars):
    folder = tmp_path / "book"
    folder.mkdir()
    for path in shipped_codebook().glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text.replace("\nversion:", "\nversion: 9.9.9 #", 1), encoding="utf-8")
    nlp = spacy.blank("zh")
    nlp.add_pipe("bianma_concepts", config={"codebook": str(folder)})
    ref = nlp.get_pipe("bianma_concepts").codebook.ref
    assert ref == load(folder).ref
    nlp.to_disk(tmp_path / "nlp")
    data = nlp.to_bytes()
    for path in folder.iterdir():
        path.unlink()  # what was saved needs the folder no longer
    back = spacy.load(tmp_path / "nlp")
    again = spacy.blank("zh")
    again.add_pipe("bianma_concepts").from_bytes(nlp.get_pipe("bianma_concepts").to_bytes())
    fresh = spacy.blank("zh")
    fresh.add_pipe("bianma_concepts")
    for other in (back, again, fresh.from_bytes(data)):
        assert other.get_pipe("bianma_concepts").codebook.ref == ref
        assert exact(other(TEXT), "bianma_concepts") == exact(chars(TEXT), "bianma_concepts")


def test_a_codebook_that_was_changed_after_saving_is_refused(chars):
    component = chars.get_pipe("bianma_concepts")
    data = component.to_bytes()
    for damaged in (data.replace("安全".encode(), "安泉".encode(), 1), data[:-9], b"{}"):
        with pytest.raises(RecordError, match="bianma_concepts"):
            factories.concepts(chars, "bianma_concepts", None).from_bytes(damaged)


def test_a_codebook_that_is_not_there_is_named(tmp_path):
    nlp = spacy.blank("zh")
    nlp.add_pipe("bianma_concepts", config={"codebook": str(tmp_path / "none")})
    with pytest.raises(CodebookError, match="none"):
        nlp("安全机制")


def test_the_factories_are_registered():
    from importlib.metadata import entry_points

    assert {e.name for e in entry_points(group="spacy_factories")} >= set(GROUPS)
