"""The coded spans as data for other programs, one module per format."""

from bianma.export.rows import Article, CodingRow, SpanRow, Stage, coding_rows, span_rows
from bianma.export.tables import FORMATS

__all__ = ["FORMATS", "Article", "CodingRow", "SpanRow", "Stage", "coding_rows", "span_rows"]
