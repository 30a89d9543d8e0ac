import json

import pytest

from evals.errors import EvalsError
from evals.gate import Baseline, baseline_json, decide, load_baseline, to_text
from evals.values import Reply, Run

RIGHT = Reply("answered", "There were 91. [1]", ("1",))
WRONG = Reply("answered", "There were many. [2]", ("2",))


@pytest.fixture
def make_run(make_case, make_result):
    """A run with a right reply for every ``+`` and a wrong one for every ``-``."""

    def build(marks, must_pass=(), system="ours", prefix="q"):
        cases = [make_case(id=f"{prefix}{n}", must_pass=n in must_pass) for n in range(len(marks))]
        replies = [RIGHT if mark == "+" else WRONG for mark in marks]
        pairs = zip(cases, replies, strict=True)
        return Run(system, "", tuple(make_result(case, reply) for case, reply in pairs))

    return build


def committed(run):
    return Baseline.model_validate_json(baseline_json(run))


def test_the_same_run_passes(make_run):
    run = make_run("+-+")
    decision = decide(run, committed(run))
    assert decision.passed
    assert (decision.compared, decision.new, decision.worse, decision.better) == (3, 0, (), ())
    assert decision.difference.value == 0.0


def test_a_few_flips_are_listed_and_pass(make_run):
    decision = decide(make_run("+-" + "+" * 30), committed(make_run("-+" + "+" * 30)))
    assert decision.passed
    assert [flip.now.case.id for flip in decision.worse] == ["q1"]
    assert [flip.now.case.id for flip in decision.better] == ["q0"]
    assert decision.p_value == 1.0


def test_a_significant_drop_fails(make_run):
    decision = decide(make_run("-" * 12 + "+" * 28), committed(make_run("+" * 40)))
    assert decision.significant_drop
    assert not decision.passed
    assert decision.difference.value == pytest.approx(-0.3)
    assert len(decision.worse) == 12


def test_a_drop_that_chance_explains_passes(make_run):
    decision = decide(make_run("--+++" + "+" * 35), committed(make_run("++--+" + "+" * 35)))
    assert decision.difference.value == 0.0
    assert decision.passed


def test_a_significant_gain_passes(make_run):
    assert decide(make_run("+" * 40), committed(make_run("-" * 12 + "+" * 28))).passed


def test_a_must_pass_failure_fails_even_if_it_failed_before(make_run):
    run = make_run("-++", must_pass={0})
    decision = decide(run, committed(run))
    assert not decision.significant_drop
    assert not decision.passed
    assert [result.case.id for result in decision.must_pass] == ["q0"]


def test_questions_that_the_baseline_lacks_or_words_otherwise_are_not_compared(
    make_run, make_case, make_result
):
    baseline = committed(make_run("++"))
    reworded = make_result(make_case(id="q0", question="Otherwise?"), WRONG)
    run = Run("ours", "", (reworded, *make_run("-+", prefix="new").results))
    decision = decide(run, baseline)
    assert (decision.compared, decision.new) == (0, 3)
    assert decision.passed


def test_runs_of_different_systems_are_not_compared(make_run):
    with pytest.raises(EvalsError, match="of the system 'ours', the run of 'bm25-only'"):
        decide(make_run("+", system="bm25-only"), committed(make_run("+")))


def test_the_text_has_the_verdict_first_and_every_flip_with_both_answers(make_run):
    text = to_text(decide(make_run("-+", must_pass={0}), committed(make_run("+-"))))
    assert text.startswith("Gate failed.\n")
    assert "Must-pass failures: 1\n  q0 'How many children had plans?': missing:" in text
    assert (
        "Turned wrong: 1\n"
        "  q0 'How many children had plans?'\n"
        "    before: 'There were 91. [1]'\n"
        "    now: 'There were many. [2]'\n"
        "    wrong because: missing: \\b91\\b; does not cite 1\n"
    ) in text
    assert text.endswith(
        "Turned right: 1\n  q1 'How many children had plans?'\n"
        "    before: 'There were many. [2]'\n    now: 'There were 91. [1]'\n"
    )


def test_a_baseline_survives_being_saved(make_run, tmp_path):
    path = tmp_path / "baseline.json"
    path.write_text(baseline_json(make_run("+-")), encoding="utf-8")
    baseline = load_baseline(path)
    assert [(item.id, item.right, item.cited, item.answer) for item in baseline.questions] == [
        ("q0", True, ("1",), "There were 91. [1]"),
        ("q1", False, ("2",), "There were many. [2]"),
    ]


def test_a_baseline_that_is_missing_broken_or_of_another_format_is_an_error(make_run, tmp_path):
    path = tmp_path / "baseline.json"
    with pytest.raises(EvalsError, match=r"There is no baseline .* python -m evals run --update-baseline"):
        load_baseline(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(EvalsError, match="cannot be read"):
        load_baseline(path)
    path.write_text(json.dumps(json.loads(baseline_json(make_run("+"))) | {"format": 9}), encoding="utf-8")
    with pytest.raises(EvalsError, match="has the format 9, expected 1"):
        load_baseline(path)
