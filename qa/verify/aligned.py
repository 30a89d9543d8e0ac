"""A claim and a sentence set beside each other word by word, each word with the vector that it has where it stands.

A true paraphrase has for every content word one that means the same; a changed claim has a word that is like none,
or leaves out one that the sentence rests on. The likeness of a word is the greatest cosine that it has with any word
of the other text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from index.wordvectors import WordVectors
from qa.text import plain

FEW = (1, 2, 3)  # of how many words least like the other text the mean is taken
SHARES = (0.3, 0.45, 0.6)  # likenesses below which the share of a claim is taken

Floats = NDArray[np.float32]

# Words on which it often turns whether a claim is true.
_KINDS: Mapping[str, re.Pattern[str]] = {
    "denial": re.compile(
        r"not|no|never|none|neither|nor|without|cannot|few|little|lack\w*|absence|fail\w*|insufficient\w*|\w+n't|"
        r"rarely|hardly"
    ),
    "limit": re.compile(
        r"some|most|many|majority|several|often|usually|generally|mostly|largely|almost|nearly|few|may|could|"
        r"plans?|planned|intends?|beginning|becoming|partly|yet|proposed|being|starting|minority|except\w*|overall"
    ),
    "strong": re.compile(
        r"all|every|each|none|always|never|only|entirely|fully|completely|whole|any|everyone|must|will|already|now|"
        r"permanent\w*|has|have|been"
    ),
}


def aligned(claim: WordVectors, sentence: WordVectors, weight: Callable[[str], float]) -> dict[str, float]:
    """The signs by name: likenesses of the claim's words to the sentence's, and the other way round (``back_``).

    ``weight`` of a word is its idf, and 0 for a word without content. A text without words is like none: 0 throughout.
    """
    if not claim.words or not sentence.words:
        return dict.fromkeys(_NAMES, 0.0)
    cosines = claim.vectors @ sentence.vectors.T
    there, back = cosines.max(axis=1), cosines.max(axis=0)
    weights = np.array([weight(word) for word in claim.words])
    found = _content(there, weights)
    found |= {f"least_{name}": least for name, least in _by_kind(claim.words, there).items()}
    names = [n > 0 and word[0].isupper() for n, word in enumerate(claim.words)]
    figures = [any(letter.isdigit() for letter in word) for word in claim.words]
    found |= {"least_name": _least(there[names]), "least_figure": _least(there[figures])}
    told = np.array([weight(word) for word in sentence.words])
    found |= {"back": _mean(back, told), "back_least_3": float(np.sort(back)[:3].mean())}
    found |= {f"back_least_{name}": least for name, least in _by_kind(sentence.words, back).items()}
    return {f"alike_{name}": float(value) for name, value in found.items()}


def _content(there: Floats, weights: NDArray[np.float64]) -> dict[str, float]:
    """How like the other text the content words are: on average, the few least alike, and how much is hardly alike."""
    content = weights > 0
    likeness, own = (there[content], weights[content]) if content.any() else (there, np.ones(len(there)))
    ranked = np.sort(likeness)
    return {
        "all": float(there.mean()),
        "all_least": float(there.min()),
        "mean": float(likeness.mean()),
        "weighted": _mean(likeness, own),
        "median": float(np.median(likeness)),
        **{f"least_{few}": float(ranked[:few].mean()) for few in FEW},
        **{f"below_{round(100 * share)}": _mean(likeness < share, own) for share in SHARES},
        "gap": float(((1 - likeness) * own).max()),
        "gaps": float(((1 - likeness) * own).sum()),
    }


def _by_kind(words: tuple[str, ...], likeness: Floats) -> dict[str, float]:
    lower = [plain(word) for word in words]
    return {
        name: _least(likeness[[bool(kind.fullmatch(word)) for word in lower]])
        for name, kind in _KINDS.items()
    }


def _least(likeness: Floats) -> float:
    """The smallest; 1 of none, for nothing is missing then."""
    return float(likeness.min(initial=1.0))


def _mean(values: NDArray[np.float32] | NDArray[np.bool_], weights: NDArray[np.float64]) -> float:
    total = float(weights.sum())
    return float(values @ weights) / total if total else 0.0


_NOTHING = np.ones((1, 1), dtype=np.float32)
_NAMES = tuple(aligned(WordVectors(("word",), _NOTHING), WordVectors(("word",), _NOTHING), lambda word: 1.0))
