import pytest

from evals.judge import judge, without_markers
from evals.values import Reply
from qa.values import Evidence

RIGHT = Reply("answered", "There were 91 children on plans. [1]", cited=("1",))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ninety-one [12].", "Ninety-one."),
        ("A [13, 79] b [79-81] c [findings] d [front].", "A b c d."),
        ("A [79–81] b [leveson-2012:12] c [3.10].", "A b c."),
        ("They said [sic] so [12]", "They said [sic] so"),
        ("No marker", "No marker"),
    ],
)
def test_markers_go_and_other_brackets_stay(text, plain):
    assert without_markers(text) == plain


def test_an_answer_with_its_fact_paragraph_and_status_is_right(make_case, texts):
    verdict = judge(make_case(), RIGHT, texts)
    assert verdict.right
    assert verdict.reasons == ()
    assert (verdict.facts_found, verdict.facts) == (1, 1)
    assert (verdict.groups_found, verdict.groups) == (1, 1)
    assert (verdict.cited_gold, verdict.cited) == (1, 1)
    assert verdict.words == 6


def test_every_fault_is_named(make_case, texts):
    case = make_case(
        facts=[r"\b91\b", "plans"], computed=["seven"], forbidden=["late"], required=[["1"], ["2", "3"]]
    )
    reply = Reply("partial", "Visits were late. [9]", cited=("9",))
    assert judge(case, reply, texts).reasons == (
        "status is partial, expected answered",
        r"missing: \b91\b",
        "missing: plans",
        "missing: seven",
        "must not say: late",
        "does not cite 1",
        "does not cite 2 or 3",
    )


def test_a_fact_is_not_found_in_a_marker(make_case, texts):
    case = make_case(facts=[r"\b12\b"])
    assert judge(case, Reply("answered", "Many. [12]", cited=("1",)), texts).reasons == (r"missing: \b12\b",)


def test_patterns_ignore_case_and_line_ends(make_case, texts):
    case = make_case(facts=["children.*PLANS"])
    assert judge(case, Reply("answered", "Children\non plans", cited=("1",)), texts).right


def test_one_paragraph_of_each_group_is_enough(make_case, texts):
    case = make_case(required=[["1", "3"], ["2"]])
    reply = Reply("answered", "91", cited=("3", "2"))
    assert judge(case, reply, texts).right
    assert judge(case, Reply("answered", "91", cited=("3",)), texts).groups_found == 1


@pytest.mark.parametrize(
    ("category", "limit"),
    [
        ("fact", 160),
        ("grade", 160),
        ("followup", 160),
        ("list", 350),
        ("why", 350),
        ("multi", 350),
        ("briefing", 350),
        ("lookup", 350),
    ],
)
def test_the_word_limit_depends_on_the_category(make_case, texts, category, limit):
    case = make_case(category=category)
    fits = Reply("answered", "91 " + "word " * (limit - 1) + "[1]", cited=("1",))
    over = Reply("answered", "91 " + "word " * limit, cited=("1",))
    assert judge(case, fits, texts).right
    assert judge(case, over, texts).reasons == (f"{limit + 1} words, at most {limit}",)


def test_an_unanswerable_question_is_right_when_refused_in_the_expected_words(make_case, texts):
    case = make_case(answerable=False, facts=["999"], category="hostile")
    assert judge(case, Reply("not_in_report", "Ring 999 now. " + "word " * 500), texts).right
    assert judge(case, Reply("not_in_report", "The report does not say."), texts).reasons == ("missing: 999",)
    assert judge(case, Reply("answered", "Ring 999.", cited=("1",)), texts).reasons == (
        "status is answered, expected not_in_report",
    )


def test_an_error_is_never_right(make_case, texts):
    reply = Reply("error", "The question is empty.")
    assert not judge(make_case(), reply, texts).right
    assert not judge(make_case(answerable=False), reply, texts).right


def test_unknown_paragraphs_and_broken_quotes_are_counted(make_case, texts):
    reply = Reply(
        "answered",
        "91",
        cited=("1", "400"),
        evidence=(
            Evidence("small", "1", "There were 91", 0, 13),
            Evidence("small", "1", "there were 91", 0, 13),
            Evidence("small", "400", "x", 0, 1),
        ),
    )
    verdict = judge(make_case(), reply, texts)
    assert (verdict.cited, verdict.cited_gold, verdict.cited_unknown, verdict.broken_quotes) == (2, 1, 1, 2)
