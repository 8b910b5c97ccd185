"""What is made of a source: it is read, cut into passages and sentences, folded for matching; offsets are kept."""

from bianma.corpus.cut import passages
from bianma.corpus.fold import fold
from bianma.corpus.offsets import OffsetMap, derive, passage_map
from bianma.corpus.read import Article, doc_id, read_article
from bianma.corpus.sentences import sentences

__all__ = [
    "Article",
    "OffsetMap",
    "derive",
    "doc_id",
    "fold",
    "passage_map",
    "passages",
    "read_article",
    "sentences",
]
