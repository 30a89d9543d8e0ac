"""A question-answering service that is a function of the words of the question."""

import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.sentences import sentence_spans
from corpus.values import Paragraph, Recommendation, Report
from qa.brief.brief import Brief, Task
from qa.brief.findings import Finding
from qa.errors import QuestionError
from qa.tracker import Action
from qa.values import Answer, Citation, Considered, Evidence, Statement
from qa.verify.values import Problem, Verdict


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z0-9]+", text.lower()) if len(word) > 4}


class FakeAsker:
    """Answers with the sentence that shares most words with the question; refuses when none shares any."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.asked: list[tuple[str, tuple[str, ...], str | None]] = []

    def ask(self, question: str, history: Sequence[str] = (), *, scope: str | None = None) -> Answer:
        self.asked.append((question, tuple(history), scope))
        if len(question) > 10_000:
            raise QuestionError("The question is too long.")
        if "slowly" in question:
            time.sleep(4)
        if "break" in question:
            raise RuntimeError("secret: " + question)
        found = sorted(self._ranked(question), key=lambda one: -one[0])[:3]
        if not found:
            text = "The report does not answer this."
            return Answer(
                question, "not_in_report", text, self.report.id, related=("9",), reason="nothing about it"
            )
        understood = " – ".join((*history, question))
        return replace(
            self._answer(question, tuple(evidence for _, evidence in found)), understood=understood
        )

    index_id = "fake-1"

    def checker(self) -> "FakeAsker":
        return self

    def briefer(self) -> "FakeAsker":
        return self

    def about(self, text: str) -> Brief:
        """A strength and a weakness of the sentences that share most words with the topic, and such actions."""
        if "hits" in text:
            return Brief(text, help="Call the helpline.")
        found = sorted(self._ranked(text), key=lambda one: -one[0])[:2]
        points = [
            Finding((Citation(one, self._paragraph(one.paragraph).section),), "other", 1.0)
            for _, one in found
        ]
        tasks = [
            Task(one.recommendation, (self._cite(one.recommendation),))
            for one in self.actions()
            if words(text) & words(one.recommendation.text)
        ]
        return Brief(
            text,
            strengths=tuple(points[:1]),
            weaknesses=tuple(points[1:]),
            tasks=tuple(tasks[:2]),
            tasks_in_all=len(tasks),
            further=("12",) if found else (),
        )

    def actions(self) -> tuple[Action, ...]:
        """Every action, each explained in paragraph 12."""
        return tuple(
            Action(one, self._paragraph(one.paragraph).section[0], ("12",))
            for one in self.report.recommendations
        )

    def check(self, claim: str, cited: Sequence[str] = ()) -> Verdict:
        """Supports a claim whose figures stand in what it cites."""
        told = " ".join(self._paragraph(number).text for number in cited if self.report.get(number))
        missing = [number for number in re.findall(r"\d+", claim) if number not in told]
        if not missing:
            return Verdict("supported")
        return Verdict("not_supported", problems=(Problem("number", f"nothing says {missing[0]}"),))

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        cited = [citation.evidence.paragraph for one in answer.statements for citation in one.citations]
        return tuple(f"What else does paragraph {number} say?" for number in cited[:1])

    def as_json(self, answer: Answer) -> dict[str, object]:
        """What an answer said, and with what it was asked last."""
        _, history, scope = self.asked[-1]
        said = {"question": answer.question, "status": answer.status, "answer": answer.text}
        return {**said, "history": list(history), "scope": scope}

    def _ranked(self, question: str) -> list[tuple[int, Evidence]]:
        asked = words(question)
        return [
            (shared, Evidence(self.report.id, paragraph.number, paragraph.text[start:end], start, end))
            for paragraph in self.report.paragraphs
            for start, end in sentence_spans(paragraph.text)
            if (shared := len(asked & words(paragraph.text[start:end])))
        ]

    def _answer(self, question: str, evidence: tuple[Evidence, ...]) -> Answer:
        best = evidence[0]
        section = self._paragraph(best.paragraph).section
        statement = Statement(f"“{best.quote}”", (Citation(best, section),))
        considered = tuple(
            Considered(one.paragraph, 0.5, ("shares words with the question",)) for one in evidence
        )
        status = "partial" if "also" in question else "answered"
        return Answer(
            question,
            status,
            f"“{best.quote}” [{best.paragraph}]",
            self.report.id,
            (statement,),
            reason=None if status == "answered" else "the second half of the question",
            considered=considered,
        )

    def _cite(self, one: Recommendation) -> Citation:
        evidence = Evidence(self.report.id, one.paragraph, one.text, one.start, one.end)
        return Citation(evidence, self._paragraph(one.paragraph).section)

    def _paragraph(self, number: str) -> Paragraph:
        found = self.report.get(number)
        assert found is not None
        return found


class FakeWriter(FakeAsker):
    """The same with a model that words two sentences anew, the second one a second after the first."""

    generator = "fake:writer"
    seconds = 1.0

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.stopped = threading.Event()

    def ask_stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        scope: str | None = None,
        generator: str | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[Statement | Answer]:
        found = self.ask(question, history, scope=scope)
        if generator == "quotes" or not found.statements:
            yield found
            return
        written = []
        for evidence in [
            evidence for _, evidence in sorted(self._ranked(question), key=lambda one: -one[0])[:2]
        ]:
            said = f"It is written that {evidence.quote}"
            written.append(
                Statement(said, (Citation(evidence, self._paragraph(evidence.paragraph).section),))
            )
            yield written[-1]
            if stop is not None and stop.wait(self.seconds):
                self.stopped.set()
                yield found
                return
        yield replace(found, statements=tuple(written), generator=self.generator)


HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"> <script>document.title='owned'</script> "
    "${document.title='owned'} {{constructor}} ![i](http://e.invalid/x.png) # heading </textarea> \u202eeslaf"
)
"""Text that means harm in HTML, in Markdown, in Gradio's templates and in the order of reading."""


def hostile(report: Report) -> Report:
    """The report with hostile text as authority, as first heading and at the end of paragraph 1."""
    first, *sections = report.sections
    paragraphs = tuple(
        replace(one, text=f"{one.text} {HOSTILE}") if one.number == "1" else one for one in report.paragraphs
    )
    return replace(
        report,
        metadata=replace(report.metadata, authority=HOSTILE),
        sections=(replace(first, path=(HOSTILE,)), *sections),
        paragraphs=paragraphs,
    )
