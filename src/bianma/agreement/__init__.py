"""How far coders agree: results with their counts, None with a reason where a figure is not defined."""

from bianma.agreement.f1 import F1, PairAgreement, span_f1

__all__ = ["F1", "PairAgreement", "span_f1"]
