"""What the rules reach on the trial articles stays reached: sentences whole, text kept, little else kept with it."""

from pathlib import Path

import pytest
from tests.corpus.trials.load import load
from tests.corpus.trials.score import score

TRIALS = sorted(Path(__file__).parent.glob("trials*/*.trial"))
# Where a trial does not reach the aims, what it reached when this was written.
SHORT_OF = {
    "cn_wechat_thinktank": (0.97, 0.995, 0.02),  # a byline below the title
    "cn_word_authordate": (0.97, 0.975, 0.01),  # a title right below the references
    "hk_monthly_readermode_md": (0.97, 0.995, 0.02),  # captions of pictures
    "tw_magazine_selectall": (0.97, 0.995, 0.02),  # captions of pictures
    "tw_journal_copy": (0.97, 0.995, 0.02),  # an English title that its truth calls furniture
    "tw_pdf_centrality": (0.97, 0.99, 0.01),
}
AIMS = (0.97, 0.995, 0.01)


@pytest.mark.parametrize("path", TRIALS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_trial_article_is_read_as_well_as_before(path: Path) -> None:
    whole, kept, leaked, _ = score(load(path)).figures
    least_whole, least_kept, most_leaked = SHORT_OF.get(path.stem, AIMS)
    assert whole >= least_whole
    assert kept >= least_kept
    assert leaked <= most_leaked
