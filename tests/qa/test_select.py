"""Which words of a paragraph are quoted for the sentences that were chosen."""

from types import SimpleNamespace

import pytest

from qa.evidence import Candidate
from qa.select import MOST_OPENED, spans

FIRST = "Social workers keep records."
LEANING = "This helps families."
LAST = "However, some records are late."
LONG = f"{' '.join(['Workers'] * MOST_OPENED)} keep records."


def quoted(text, sentence):
    start = text.index(sentence)
    end = start + len(sentence)
    chosen = Candidate("1", start, end, sentence, 0.5, 0.5, "", 0.5, 0.5, 0.5, 0.9)
    source = SimpleNamespace(paragraphs={"1": SimpleNamespace(text=text)})
    ((number, first, last),) = spans([chosen], source)
    assert number == "1"
    return text[first:last]


@pytest.mark.parametrize(
    ("text", "sentence", "expected"),
    [
        (f"{FIRST} {LAST}", FIRST, FIRST),
        (f"{FIRST} {LAST}", LAST, f"{FIRST} {LAST}"),
        (f"{FIRST} {LEANING} {LAST}", LAST, f"{FIRST} {LEANING} {LAST}"),
        (f"{FIRST}\n{LAST}", LAST, LAST),
        # The sentence that all lean on has no room: one that leans itself must not open the quotation.
        (f"{LONG} {LEANING} {LAST}", LAST, LAST),
    ],
)
def test_a_sentence_is_quoted_with_all_that_it_leans_on_or_alone(text, sentence, expected):
    assert quoted(text, sentence) == expected
