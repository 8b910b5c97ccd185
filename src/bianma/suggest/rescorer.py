"""A linear model over cue, term and context that scores candidates anew: what a study's codings say of its own texts.

A logistic regression; its weights are a table, so it is used without the library that fitted it, can be read, and is
saved as JSON with the hash of what it was fitted on and of the codebook. It never works unasked: below `ENOUGH` it is
not fitted, and where it does not raise the F1 of articles that were left out it is not used (`gain`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bianma.records import CodebookRef
from bianma.suggest.lexicon import Find
from bianma.suggest.scores import as_written, kind_of

ENOUGH_SPANS, ENOUGH_ARTICLES = 150, 3
NEAR = 2  # characters of context on each side
STRENGTH = 0.3  # of the regularisation, inversely


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A fitted model. `gain`: of F1 over the rules alone, each article judged by a model fitted on the others."""

    weights: Mapping[str, float]
    bias: float
    codebook: CodebookRef
    data: str  # hash of the codings
    spans: int
    articles: int
    gain: float

    @property
    def helps(self) -> bool:
        """Whether it raised the F1 of articles left out."""
        return self.gain > 0

    def score(self, find: Find, text: str) -> float:
        """Return the probability that a rated find is right, in (0, 1)."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features(find, text).items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def features(find: Find, text: str) -> dict[str, float]:
    """Return what the model sees of a rated find in the text of its passage."""
    start, end = find.span.start, find.span.end
    kind, term = kind_of(find.cue), text[start:end]
    score = min(0.99, max(0.01, find.score))
    return {
        "score": math.log(score / (1 - score)),
        f"code:{find.code}": 1.0,
        f"kind:{find.code}:{kind}": 1.0,
        f"cue:{find.code}:{as_written(find.cue)}": 1.0,
        f"term:{find.code}:{term}": 1.0,
        f"before:{find.code}:{text[max(0, start - NEAR) : start]}": 1.0,
        f"after:{find.code}:{text[end : end + NEAR]}": 1.0,
        f"left:{text[start - 1 : start]}": 1.0,
        f"right:{text[end : end + 1]}": 1.0,
    }


def missing(spans: int, articles: int) -> str:
    """Return what is missing before a model may be fitted, as a sentence; empty if there is enough."""
    if spans >= ENOUGH_SPANS and articles >= ENOUGH_ARTICLES:
        return ""
    wanted = [f"{ENOUGH_SPANS - spans} coded spans"] if spans < ENOUGH_SPANS else []
    wanted += [f"{ENOUGH_ARTICLES - articles} coded articles"] if articles < ENOUGH_ARTICLES else []
    return f"not enough to learn from: {' and '.join(wanted)} more are needed"


def fit(rows: Sequence[tuple[Mapping[str, float], bool]]) -> tuple[dict[str, float], float]:
    """Return weights and bias of a logistic regression on (features, right); needs scikit-learn (extra `learn`)."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    if len({right for _, right in rows}) < 2:
        return {}, 30.0 if rows and rows[0][1] else -30.0
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict(seen) for seen, _ in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, [right for _, right in rows])
    names = vectorizer.get_feature_names_out()
    weights = {str(n): round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 1e-3}
    return dict(sorted(weights.items())), round(float(model.intercept_[0]), 4)
