"""What a person looks at: an article as it was read, raw and clean side by side."""

from bianma.report.align import Shares, shares
from bianma.report.article import Reading, page
from bianma.report.terminal import listing
from bianma.report.words import UiLanguage

__all__ = ["Reading", "Shares", "UiLanguage", "listing", "page", "shares"]
