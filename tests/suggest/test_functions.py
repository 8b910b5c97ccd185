import pytest

from bianma.suggest.functions import DEFAULT_SCORE, by_markers
from bianma.suggest.lexicon import Lexicon


@pytest.fixture
def functions(code):
    return [
        code("claim", "笔者认为", ("可见", 1.5), layer="function"),
        code("mechanism", ("导致", 2.0), "从而", "使得", layer="function"),
        code("attribution", "认为", ("学者", 0.5), everyday=["普遍认为"], layer="function"),
    ]


@pytest.mark.parametrize(
    ("sentence", "function", "markers", "score"),
    [
        ("政策摇摆不定。", "claim", (), DEFAULT_SCORE),  # no marker: the default
        ("猜疑导致冲突。", "mechanism", ("导致",), 2 / 3),  # 2 / (1 + 2)
        ("猜疑從而加深。", "mechanism", ("从而",), 1 / 2),  # traditional
        ("压力导致分裂，从而削弱同盟。", "mechanism", ("导致", "从而"), 3 / 4),  # 2 + 1
        ("甲导致乙，乙导致丙。", "mechanism", ("导致",), 2 / 3),  # a marker counts once
        ("学者认为猜疑导致冲突。", "mechanism", ("导致",), 2 / 4.5),  # 2 against 1.5
        ("可见学者认为如此。", "claim", ("可见",), 1.5 / 4),  # a tie at 1.5: the earlier one
        ("笔者认为如此。", "claim", ("笔者认为",), 1 / 2),  # 认为 inside it does not count
        ("人们普遍认为如此。", "claim", (), DEFAULT_SCORE),  # an everyday phrase
    ],
)
def test_the_greatest_sum_of_weights_wins(functions, sentence, function, markers, score):
    found = by_markers(Lexicon(functions).finds(sentence), functions=functions, default="claim")
    assert (found.function, found.markers) == (function, markers)
    assert found.score == pytest.approx(score, abs=1e-4)
