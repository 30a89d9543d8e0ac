"""Topic pages over the shipped report: what stands on them, where, and with which words."""

import json
from dataclasses import replace

import pytest

from corpus import adding
from corpus.library import load
from corpus.sentences import sentence_spans
from qa.__main__ import main
from qa.brief.brief import POINTS, WORDS
from qa.brief.findings import Finding, add_finding, nearly_the_same
from qa.brief.leaning import leaning
from qa.brief.written import as_file, note_of, to_json
from qa.build import assemble
from qa.errors import QuestionError
from qa.settings import Settings
from tests.qa.conftest import BagEncoder


@pytest.fixture(scope="module")
def briefer(real_pipeline):
    return real_pipeline.briefer()


def cited(points):
    return {c.evidence.paragraph for one in points for c in one.citations}


def sized(brief):
    points = (*brief.strengths, *brief.weaknesses, *brief.others, *brief.tasks)
    return len(points) + len(brief.judgements), sum(one.size for one in points)


@pytest.mark.encoder
def test_a_theme_has_judgements_strengths_weaknesses_and_recommendations(briefer):
    found = briefer.about("supervision")
    assert [(one.judgement.area, one.judgement.grade) for one in found.judgements] == [
        ("Overall effectiveness", "Inadequate"),
        ("Performance management and quality assurance", "Inadequate"),
    ]
    assert cited(found.strengths) == {"50"}
    assert {"17", "80"} <= cited(found.weaknesses)
    assert [(t.recommendation.deadline, t.recommendation.paragraph) for t in found.tasks] == [
        ("Within three months", "25")
    ]


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("topic", "weak", "tasks"),
    [
        ("missing children", {"28", "92", "114"}, {"25", "97"}),
        ("independent reviewing officers", {"115"}, {"97"}),
        ("complaints", {"29", "134"}, {"25", "97"}),
        ("LADO", {"27"}, {"25"}),
    ],
)
def test_other_themes_and_roles(briefer, topic, weak, tasks):
    found = briefer.about(topic)
    assert weak <= cited(found.weaknesses)
    assert cited(found.tasks) == tasks


@pytest.mark.encoder
def test_who_must_act_gets_their_own_actions(briefer):
    found = briefer.about("NHS Kingston's actions")
    assert {t.recommendation.addressee for t in found.tasks} == {"NHS Kingston", "NHS Kingston PCT"}
    named = [r for r in load().recommendations if r.addressee.startswith("NHS")]
    assert {t.recommendation for t in found.tasks} == set(named)


@pytest.mark.encoder
def test_actions_are_narrowed_down_by_deadline_half_and_theme(briefer):
    def texts(topic):
        return [(t.recommendation.paragraph, t.recommendation.deadline) for t in briefer.about(topic).tasks]

    assert texts("immediate actions for looked after children") == [("97", "Immediately")] * 3
    assert texts("supervision actions within three months") == [("25", "Within three months")]
    assert briefer.about("recommendations").tasks_in_all == len(load().recommendations)
    assert not briefer.about("actions within two months").says


@pytest.mark.encoder
def test_where_something_is_done_is_not_who_must_act(briefer):
    assert briefer.about("hospital").tasks == ()


@pytest.mark.encoder
def test_a_section_has_its_own_judgement_and_nothing_from_elsewhere(briefer):
    found = briefer.about("Partnership working")
    assert [(j.judgement.grade, j.citations[-1].evidence.paragraph) for j in found.judgements] == [
        ("Adequate", "83")
    ]
    numbers = cited((*found.strengths, *found.weaknesses, *found.others))
    assert numbers <= {str(number) for number in range(83, 90)}


@pytest.mark.encoder
@pytest.mark.parametrize("topic", ["county lines", "staff turnover", "parking permits", "vaping", "Brexit"])
def test_what_the_report_has_nothing_on_is_said_honestly(briefer, topic):
    found = briefer.about(topic)
    assert not found.says
    note = note_of(found, briefer.report)
    assert note.blocks[0].text == f"The report does not say: it has nothing on “{topic}”."
    assert note.rows == ()


@pytest.mark.encoder
def test_a_typing_error_is_put_right_and_the_page_says_for_what_it_was_taken(briefer):
    found = briefer.about("supervison")
    assert found.topic == "supervision"
    assert found.strengths == briefer.about("supervision").strengths


TOPICS = [
    "supervision",
    "health",
    "care leavers",
    "Being healthy",
    "foster carers",
    "safeguarding",
    "education",
]


@pytest.mark.encoder
@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_is_short_and_every_quotation_stands_in_the_report_word_for_word(briefer, topic):
    found, paragraphs = briefer.about(topic), briefer.report.get
    points, spent = sized(found)
    assert 0 < points <= POINTS + 3
    assert spent <= WORDS
    for citation in found.citations():
        one = citation.evidence
        assert paragraphs(one.paragraph).text[one.start : one.end] == one.quote


@pytest.mark.encoder
@pytest.mark.parametrize("topic", TOPICS)
def test_nothing_under_strengths_criticises_and_nothing_is_said_twice(briefer, topic):
    found = briefer.about(topic)
    for finding in found.strengths:
        spans = sentence_spans(finding.quote)
        assert "weakness" not in {leaning(finding.quote[a:b]) for a, b in spans}
    quotes = [f.quote for f in (*found.strengths, *found.weaknesses, *found.others)]
    pairs = [(a, b) for n, a in enumerate(quotes) for b in quotes[n + 1 :] if nearly_the_same(a, b)]
    assert pairs == []


def test_the_same_words_in_two_paragraphs_are_said_once_with_both(source):
    text = source.paragraphs["13"].text
    start = text.index("Whilst the outward signs")
    other = source.paragraphs["70"].text
    one = Finding((source.cite("13", start, len(text)),), "weakness", 1.0)
    two = Finding((source.cite("70", other.index("Whilst the outward signs"), len(other)),), "weakness", 0.9)
    found = [one]
    add_finding(two, found, source)
    assert [c.evidence.paragraph for c in found[0].citations] == ["13", "70"]
    assert len(found) == 1


def test_nearly_the_same_words_of_the_other_half_are_left_out_and_the_half_is_told(source):
    first = source.cite("91", 0, len(source.paragraphs["91"].text))
    near = replace(
        first, evidence=replace(first.evidence, paragraph="13", quote=f"{first.evidence.quote} too")
    )
    found = [Finding((first,), "weakness", 1.0)]
    add_finding(Finding((near,), "weakness", 0.9), found, source)
    assert [(f.half, len(f.citations)) for f in found] == [("Services for looked after children", 1)]


@pytest.mark.encoder
def test_harm_to_a_child_is_answered_with_where_to_get_help_and_not_written_down(briefer):
    found = briefer.about("my dad hits me")
    assert "NSPCC" in found.help
    assert not found.says
    assert "hits" not in found.help
    with pytest.raises(ValueError, match="not written down"):
        note_of(found, briefer.report)


@pytest.mark.encoder
def test_the_command_writes_no_file_then(real_home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QA_HOME", str(real_home))
    assert main(["brief", "my dad hits me", "--output", str(tmp_path / "note.md")]) == 0
    assert "NSPCC" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.encoder
def test_the_json_has_every_point_with_its_place(briefer):
    found = briefer.about("missing children")
    told = to_json(found, briefer.report)
    assert json.loads(as_file(found, briefer.report, ".json")) == told
    assert (told["status"], told["topic"], told["report"]) == (
        "answered",
        "missing children",
        "kingston-2012",
    )
    strength = told["strengths"][0]
    assert strength["text"] == f"“{strength['citations'][0]['quote']}”"
    assert told["recommendations"][0]["deadline"] in ("Immediately", "Within three months")
    assert {row["paragraph"] for row in told["appendix"]} >= {"25", "28", "97", "Record of main findings"}


@pytest.mark.encoder
@pytest.mark.parametrize("kind", ["docx", "md", "json"])
def test_the_command_writes_a_file_of_each_kind_or_prints(kind, real_home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QA_HOME", str(real_home))
    path = tmp_path / f"note.{kind}"
    assert main(["brief", "supervision", "--output", str(path)]) == 0
    assert path.read_bytes()[:2] in (b"PK", b"# ", b"{\n")
    assert capsys.readouterr().out == ""
    assert main(["brief", "supervision", *(["--json"] if kind == "json" else [])]) == 0
    assert capsys.readouterr().out.startswith('{"report"' if kind == "json" else "# Briefing: supervision\n")


@pytest.mark.encoder
def test_the_command_ends_well_when_the_report_says_nothing(real_home, monkeypatch, capsys):
    monkeypatch.setenv("QA_HOME", str(real_home))
    assert main(["brief", "county lines"]) == 0
    told = capsys.readouterr()
    assert "The report does not say: it has nothing on “county lines”." in told.out
    assert "The report says nothing about “county lines”." in told.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["brief", " "], "Name a topic first"),
        (["brief", "<b>x</b>"], "holds markup"),
        (["brief", "x" * 5000], "5,000 characters"),
        (["brief", "supervision", "--output", "note.pdf"], "cannot be written as '.pdf'"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_loaded(arguments, said, capsys):
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.fixture(scope="module")
def plain_report(tmp_path_factory):
    """A report without judgements and recommendations, as somebody may add it."""
    place = tmp_path_factory.mktemp("plain") / "plain.html"
    said = {
        1: "The library service is well established and valued by readers. It has four branches.",
        2: "Opening hours are too short and staff are not always told of changes in good time.",
        3: "The mobile library visits 12 villages in every month of the year without a break.",
        4: "Membership is free for everybody who lives in the town or works there.",
    }
    body = "".join(f"<p>{n}. {words}</p>" for n, words in said.items())
    more = "".join(
        f"<p>{n}. Parks were mown in week {n} of the season by the same team.</p>" for n in range(5, 15)
    )
    place.write_text(
        f"<h1>Review of the town</h1><h2>Libraries</h2>{body}<h2>Parks</h2>{more}", encoding="utf-8"
    )
    report = adding.read_report(place, "town-2020", {}).report
    return assemble(report, (), BagEncoder(), Settings(home=tmp_path_factory.mktemp("plain-home")))


def test_a_report_without_judgements_and_recommendations_has_its_pages_too(plain_report):
    found = plain_report.briefer().about("libraries")
    assert (found.judgements, found.tasks) == ((), ())
    assert cited(found.strengths) == {"1"}
    assert cited(found.weaknesses) == {"2"}
    note = note_of(found, plain_report.report)
    assert [b.text for b in note.blocks if b.kind == "heading"] == [
        "Strengths",
        "Weaknesses",
        "Other findings",
    ]


def test_no_topic_is_an_error_of_the_page_as_well(plain_report):
    with pytest.raises(QuestionError, match="Name a topic first"):
        plain_report.briefer().about("")
