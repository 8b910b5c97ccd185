import pytest

from bianma.codebook.brackets import marked
from bianma.codebook.model import Bilingual, Code, Codebook, Cue, Family, Work
from bianma.records import content_hash

TEXT = Bilingual("文", "text")


def cue(term, weight=1.0):
    plain, marks = marked(term)
    return Cue(plain, marks[0] if marks else (0, len(plain)), weight)


def make_code(id_, *cues, everyday=(), layer="concept"):
    """Make a code; a cue is `term`, `te[[rm]]` or `(term, weight)`."""
    return Code(
        id=id_, layer=layer, label=TEXT, definition=TEXT, theorist="Holsti", source=Work("Holsti", 1970, "A study"),
        include=(Bilingual(f"标出{id_}", f"mark {id_}"),), exclude=(), positive=(), negative=(),
        cues=tuple(cue(*c) if isinstance(c, tuple) else cue(c) for c in cues), everyday=tuple(everyday),
    )  # fmt: skip


def make_codebook(concepts, functions=(), default="claim"):
    content = content_hash(repr(concepts), repr(functions), default)  # equal hashes mean equal codebooks
    family = Family(id="f", label=TEXT, definition=TEXT, colour="#0072B2", codes=tuple(concepts))
    return Codebook(
        name="test", version="1.0.0", title=TEXT, families=(family,),
        functions=tuple(functions) or (make_code("claim", layer="function"),),
        default_function=default, attributes=(), relations={}, hash=content,
    )  # fmt: skip


@pytest.fixture
def code():
    return make_code


@pytest.fixture
def codebook():
    return make_codebook
