"""What is known of a report's words."""

import math

import pytest

from qa.vocabulary import build_vocabulary

TEXTS = (
    "Supervision of social workers is weak.",
    "The council has foster carers.",
    "Carers have supervision.",
)


@pytest.fixture(scope="module")
def small():
    return build_vocabulary(TEXTS, also=("Who looks after teenagers?",), english=("planet",))


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("supervison", "supervision"),
        ("safegaurding", "safeguarding"),
        ("inadaquate", "inadequate"),
        ("childern", "children"),
        ("protecion", "protection"),
        ("assesment", "assessment"),
    ],
)
def test_a_misspelt_word_becomes_the_reports_word(vocabulary, misspelt, meant):
    assert vocabulary.correct(f"what about {misspelt}?") == f"what about {meant}?"


@pytest.mark.parametrize("word", ["weather", "football", "manger", "planet", "desert", "capital", "recipe"])
def test_a_word_that_is_spelt_right_is_left_alone(vocabulary, word):
    assert vocabulary.correct(f"what about the {word}?") == f"what about the {word}?"


@pytest.mark.parametrize("text", ["teh", "¶12?", "2012/13", "LADO", "KF-CFC", "How many children?", "…", ""])
def test_short_words_numbers_and_known_words_are_untouched(vocabulary, text):
    assert vocabulary.correct(text) == text


def test_every_word_of_the_report_is_left_alone(vocabulary, report):
    for number in ("12", "53", "79", "128"):
        line = report.get(number).text.split("\n")[0]
        assert vocabulary.correct(line) == line


def test_a_rare_word_weighs_more_than_a_common_one_and_a_missing_one_most(small):
    assert small.idf("supervis") == pytest.approx(math.log(1 + 3 / 2))
    assert small.idf("foster carers") == pytest.approx(math.log(1 + 3 / 0.5))
    assert small.idf("council") == pytest.approx(math.log(1 + 3 / 1))


def test_words_of_everyday_questions_count_as_known(small):
    assert small.knows("teenagers")
    assert small.knows("planet")
    assert not small.knows("astronaut")


def test_frequencies_count_paragraphs_not_occurrences():
    vocabulary = build_vocabulary(["plan plan plan", "plan", "audit"])
    assert (vocabulary.frequency["plan"], vocabulary.paragraphs) == (2, 3)


@pytest.mark.encoder
def test_the_encoders_own_words_are_taken_for_english(real_pipeline):
    vocabulary = real_pipeline.source.vocabulary
    for word in ("weather", "birthday", "elephant", "cathedral", "football"):
        assert vocabulary.correct(f"the {word}") == f"the {word}"


def test_a_slip_in_a_word_of_asking_is_mended(vocabulary):
    assert vocabulary.correct("how meny were in care and whch left") == "how many were in care and which left"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("wich dates were they actualy there", "which dates were they actually there"),
        ("after a long chat", "after a long chat"),
        ("what is View Point for", "what is viewpoint for"),
    ],
)
def test_everyday_words_are_mended_and_never_joined_to_their_article(vocabulary, text, mended):
    assert vocabulary.correct(text) == mended
