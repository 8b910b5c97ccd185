"""What the coded spans say, as plain functions from codings to figures."""

from bianma.analysis.tables import CodeCount, code_counts

__all__ = ["CodeCount", "code_counts"]
