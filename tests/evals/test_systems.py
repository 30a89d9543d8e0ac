import re

import numpy as np

from corpus.library import load
from evals import systems
from evals.encodings import RememberingEncoder
from evals.run import run, run_all
from evals.values import Reply, reply_of
from evals.vanilla import chunks, vanilla
from index.hits import ALL_LEGS, Hit, SentenceHit
from qa.errors import QuestionError
from qa.values import Answer, Citation, Considered, Evidence, Statement


def words(text):
    return set(re.findall(r"\w+", text.lower()))


class FakeIndex:
    """Ranks the paragraphs of a report by the words they share with the query."""

    def __init__(self, report):
        self.report = report
        self.asked = []

    def search(self, query, *, top_k=10, legs=ALL_LEGS):
        self.asked.append(tuple(legs))
        scored = [(len(words(query) & words(p.text)), p.number) for p in self.report.paragraphs]
        ranked = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
        return tuple(Hit(number, float(score), ()) for score, number in ranked)[:top_k]

    def sentences(self, query):
        questions = {"1": "how many plans", "3": "is there supervision"}
        return tuple(
            SentenceHit(
                p.number, 0, len(p.text), p.text, 0.0, len(words(query) & words(question)) / 10, question, 0.0
            )
            for p in self.report.paragraphs
            for question in [questions.get(p.number, "")]
        )


class FakePipeline:
    """Quotes the first allowed paragraph that shares a word with the question; refuses when none does."""

    def __init__(self, report):
        self.report = report
        self.asked = []

    def ask(self, question, history=(), *, only=None):
        self.asked.append((question, tuple(history), only))
        if not question.strip():
            raise QuestionError("The question is empty.")
        for p in self.report.paragraphs:
            if (only is None or p.number in only) and words(p.text) & words(question):
                citation = Citation(Evidence("small", p.number, p.text, 0, len(p.text)), p.section)
                statement = Statement(p.text, (citation,))
                return Answer(
                    question, "answered", f"{p.text} [{p.number}]", "small", (statement,), confidence=0.7
                )
        return Answer(question, "not_in_report", "The report does not say.", "small", confidence=0.2)


class HashedWords:
    """An encoder of bags of words: one dimension a hash of a word."""

    name, dimension, fingerprint = "hashed", 64, "0"

    def __init__(self):
        self.encoded = []

    def encode(self, texts):
        self.encoded += texts
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                row[sum(word.encode()) % self.dimension] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def test_a_reply_keeps_citations_in_order_of_first_use_and_ranks_them_first():
    def cite(*numbers):
        return tuple(Citation(Evidence("small", number, "", 0, 0), ()) for number in numbers)

    statements = (Statement("a", cite("7", "3")), Statement("b", cite("3", "9")))
    considered = (Considered("2", 0.9, ()), Considered("3", 0.5, ()))
    answer = Answer(
        "q", "partial", "t", "small", statements, ("5",), "why", considered=considered, confidence=0.4
    )
    reply = reply_of(answer)
    assert reply.cited == ("7", "3", "9")
    assert reply.ranking == ("7", "3", "9", "2")
    assert (reply.status, reply.text, reply.related, reply.reason, reply.confidence) == (
        "partial",
        "t",
        ("5",),
        "why",
        0.4,
    )


def test_ours_is_asked_with_the_history(make_case, report):
    pipeline = FakePipeline(report)
    system = systems.ours(pipeline)
    reply = system.reply(make_case(question="and plans?", history=["Visits?"]))
    assert pipeline.asked == [("and plans?", ("Visits?",), None)]
    assert (reply.cited, reply.confidence) == (("1",), 0.7)


def test_a_question_that_is_not_taken_is_an_error_and_the_run_goes_on(make_case, report):
    reply = systems.ours(FakePipeline(report)).reply(make_case(question=" "))
    assert reply == Reply("error", "The question is empty.", confidence=0.0)


def test_gold_paragraphs_are_given_and_unanswerable_cases_asked_as_usual(make_case, report):
    pipeline = FakePipeline(report)
    system = systems.with_gold(pipeline, name="gold", note="")
    system.reply(make_case(required=[["1", "2"], ["3"]]))
    system.reply(make_case(answerable=False))
    assert [only for _, _, only in pipeline.asked] == [frozenset({"1", "2", "3"}), None]


def test_the_top_paragraph_of_the_asked_legs_is_copied_whole(make_case, report, texts):
    index = FakeIndex(report)
    system = systems.copy_top(index, report, name="bm25", note="", legs=("words",))
    reply = system.reply(make_case(question="eleven visits were children"))
    assert index.asked == [("words",)]
    assert reply.text == f"{texts['2']} [2]"
    assert (reply.status, reply.cited, reply.ranking) == ("answered", ("2",), ("2", "1"))
    assert reply.evidence == (Evidence("small", "2", texts["2"], 0, len(texts["2"])),)


def test_a_search_that_finds_nothing_gives_an_empty_answer(make_case, report):
    reply = systems.copy_top(FakeIndex(report), report, name="x", note="").reply(make_case(question="???"))
    assert (reply.status, reply.text, reply.cited) == ("answered", "", ())


def test_the_nearest_question_gives_its_sentence(make_case, report, texts):
    system = systems.nearest_question(FakeIndex(report), report, name="nearest", note="")
    reply = system.reply(make_case(question="was there any supervision"))
    assert (reply.text, reply.ranking) == (f"{texts['3']} [3]", ("3", "1"))


def test_always_refuse_refuses(make_case):
    reply = systems.always_refuse(name="always-refuse", note="").reply(make_case())
    assert (reply.status, reply.confidence) == ("not_in_report", 0.0)


def test_every_part_of_the_source_is_in_a_chunk_that_knows_its_paragraphs(report):
    (chunk,) = chunks(report)
    assert chunk.text == report.source.strip()
    assert chunk.sources == ("1", "2", "3")


def test_the_nearest_chunk_is_copied_with_its_paragraphs(make_case, report):
    reply = vanilla(report, HashedWords(), name="vanilla", note="").reply(make_case())
    assert reply.text == report.source.strip()
    assert (reply.cited, reply.ranking) == (("1", "2", "3"), ("1", "2", "3"))


def test_a_text_is_encoded_once():
    encoder = HashedWords()
    remembering = RememberingEncoder(encoder)
    first = remembering.encode(["a b", "c", "a b"])
    assert np.array_equal(first, HashedWords().encode(["a b", "c", "a b"]))
    assert np.array_equal(remembering.encode(["c"]), first[1:2])
    assert encoder.encoded == ["a b", "c"]
    assert remembering.encode([]).shape == (0, 64)
    assert (remembering.name, remembering.dimension, remembering.fingerprint) == ("hashed", 64, "0")


def test_a_run_judges_every_case_in_order(make_case, report, texts):
    cases = [
        make_case(id="a"),
        make_case(id="b", question="Visits late?"),
        make_case(id="c", question="Zzz", answerable=False),
    ]
    made = run(systems.ours(FakePipeline(report)), cases, texts)
    assert [(result.case.id, result.verdict.right) for result in made.results] == [
        ("a", True),
        ("b", False),
        ("c", True),
    ]
    assert all(result.seconds >= 0 for result in made.results)


def test_running_again_gives_an_equal_run_with_a_line_of_progress_a_system(make_case, report, texts):
    said = []
    both = [systems.ours(FakePipeline(report)), systems.always_refuse(name="always-refuse", note="")]
    first = run_all(both, [make_case()], texts, progress=said.append)
    assert first == run_all(both, [make_case()], texts, progress=said.append)
    assert [line.split(" in ")[0] for line in said[:2]] == ["ours: 1 questions", "always-refuse: 1 questions"]


def test_only_headings_and_the_contents_page_lie_in_no_paragraph():
    shipped = load()
    made = chunks(shipped)
    texts = {paragraph.number: paragraph.text for paragraph in shipped.paragraphs}
    hit = next(chunk for chunk in made if "there were 91 children" in chunk.text)
    assert "12" in hit.sources
    assert all(len(chunk.text) <= 1000 for chunk in made)
    assert [chunk.text.split("\n")[0] for chunk in made if not chunk.sources] == [
        "Contents",
        "About this inspection",
        "Capacity for improvement",
        "Ambition and prioritisation",
    ]
    assert {source for chunk in made for source in chunk.sources} == set(texts)
