"""Web pages and Markdown: what is no text of the report is kept apart, numbers are found wherever they stand."""

import pytest

from corpus.adding import read_report
from corpus.readers.document import ReadError
from tests.corpus import made
from tests.corpus.made import numbered, prose, texts


@pytest.fixture
def read(tmp_path):
    def reader(text, name="report.html"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return made.read(path)

    return reader


def page(body, head="<title>A report on the town of Any</title>"):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


SHAPES = {
    "in the text": "<p>{n}. {text}</p>",
    "in an anchor": '<p><a id="p{n}" href="#p{n}">{n}</a> {text}</p>',
    "in a span": '<p><span class="num">{n}.</span>{text}</p>',
    "in a block of its own": "<div><div>{n}.</div><div>{text}</div></div>",
    "in square brackets": "<p>[{n}] {text}</p>",
    "with a bracket": "<p>{n}) {text}</p>",
    "in bold": "<p><strong>{n}.</strong> {text}</p>",
    "beside the text in a table": "<table><tr><td>{n}.</td><td>{text}</td></tr></table>",
    "as a term": "<dl><dt>{n}.</dt><dd>{text}</dd></dl>",
    "in a table that arranges": "<table><tr><td>{n}.</td></tr><tr><td>{text}</td></tr></table>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_numbers_may_stand(read, shape):
    body = "".join(SHAPES[shape].format(n=n, text=prose(n)) for n in range(1, 10))
    assert texts(read(page(f"<h1>A report on the town</h1><h2>Findings</h2>{body}"))) == numbered(1, 9)


def test_ordered_lists_number_their_items(read):
    first = "".join(f"<li>{prose(n)}</li>" for n in range(1, 5))
    second = "".join(f"<li><p>{prose(n)}</p></li>" for n in range(5, 9))
    found = read(page(f"<h2>One</h2><ol>{first}</ol><h2>Two</h2><ol start='5'>{second}</ol>"))
    assert texts(found) == numbered(1, 8)
    assert found.report.get("6").section == ("Two",)


@pytest.mark.parametrize("printed", ["A{n}.", "A.{n}"])
def test_annexes_may_print_their_letter(read, printed):
    body = "".join(f"<p>{n}. {prose(n)}</p>" for n in range(1, 10))
    annex = "".join(f"<p>{printed.format(n=n)} {prose(n + 20)}</p>" for n in range(1, 6))
    found = read(page(f"<h2>Findings</h2>{body}<h2>Annex A</h2>{annex}"))
    expected = {printed.format(n=n).rstrip("."): prose(n + 20) for n in range(1, 6)}
    assert texts(found) == numbered(1, 9) | expected


def test_lists_inside_paragraphs_are_lists(read):
    inner = "<ol type='a'><li>write</li><li>count</li></ol><ul><li>ask</li></ul>"
    body = "".join(f"<p>{n}. {prose(n)}</p>{inner if n == 3 else ''}" for n in range(1, 7))
    found = read(page(body))
    assert list(texts(found)) == [str(n) for n in range(1, 7)]
    assert found.report.get("3").items == ("a. write", "b. count", "ask")


def test_navigation_scripts_and_hidden_text_are_no_part_of_it(read):
    body = "".join(f"<p>{n}. {prose(n)}</p>" for n in range(1, 8))
    found = read(
        page(
            "<nav><ol><li>Home</li><li>Reports</li></ol></nav><div class='breadcrumb'>Home &gt; Reports</div>"
            "<script>1. var x</script><style>p {}</style><p style='display: none'>4. Not shown.</p>"
            f"<main><h1>A report on the town</h1>{body}</main><footer><p>Crown copyright</p></footer>"
        )
    )
    assert texts(found) == numbered(1, 7)
    assert found.report.get("front").text == "A report on the town"


def test_notes_and_references_to_them(read):
    body = "".join(
        f'<p>{n}. {prose(n)}<sup><a href="#fn{n}">{n}</a></sup> So it is.</p>' for n in range(1, 8)
    )
    notes = "".join(
        f'<p id="fn{n}">{n}. A note that is long enough to be a paragraph.</p>' for n in range(1, 8)
    )
    found = read(page(f"{body}<div class='footnotes'>{notes}</div>"))
    assert texts(found) == {str(n): f"{prose(n)} So it is." for n in range(1, 8)}


def test_notes_under_a_heading_of_their_own(read):
    body = "".join(f"<p>{n}. {prose(n)}</p>" for n in range(1, 8))
    notes = "".join(
        f"<p>{n}. A note that is long enough to be taken for a paragraph.</p>" for n in range(1, 8)
    )
    assert texts(read(page(f"<h2>Findings</h2>{body}<h2>Notes</h2>{notes}"))) == numbered(1, 7)


def test_notes_without_any_sign_but_the_references_to_them(read):
    body = "".join(f"<p>{n}. {prose(n)}<sup>{n}</sup> So it is.</p>" for n in range(1, 8))
    notes = "".join(
        f"<p>{n}. A note that is long enough to be taken for a paragraph.</p>" for n in range(1, 8)
    )
    found = read(page(f"{body}<h3>Part Two of the site</h3>{notes}"))
    assert texts(found) == {str(n): f"{prose(n)} So it is." for n in range(1, 8)}


def test_a_power_is_no_reference(read):
    body = "".join(f"<p>{n}. The site has 30 m<sup>2</sup> of floor. {prose(n)}</p>" for n in range(1, 5))
    assert texts(read(page(body)))["2"].startswith("The site has 30 m2 of floor.")


def test_a_list_of_links_is_a_contents_page(read):
    links = "".join(f"<li><a href='#s{n}'>Section {'abcd'[n]}</a></li>" for n in range(4))
    body = "".join(f"<h2 id='s{n}'>Section {'abcd'[n]}</h2><p>{n + 1}. {prose(n + 1)}</p>" for n in range(4))
    found = read(page(f"<h1>A report on the town</h1><h2>Contents</h2><ol>{links}</ol>{body}"))
    assert texts(found) == numbered(1, 4)
    assert found.report.get("2").section == ("Section b",)


def test_grades_in_a_table_are_judgements(read):
    rows = "".join(
        f"<tr><td>{n}. {area}</td><td>{grade}</td></tr>"
        for n, (area, grade) in enumerate(
            [
                ("Help and protection", "Good"),
                ("Children in care", "Requires improvement"),
                ("Leadership", "Inadequate"),
            ],
            1,
        )
    )
    body = "".join(f"<p>{n}. {prose(n)}</p>" for n in range(1, 8))
    found = read(page(f"<h1>Inspection of Anytown Council</h1><table>{rows}</table><h2>Findings</h2>{body}"))
    assert [(j.area, j.grade) for j in found.report.judgements] == [
        ("Help and protection", "Good"),
        ("Children in care", "Requires improvement"),
        ("Leadership", "Inadequate"),
    ]
    assert texts(found) == numbered(1, 7)


@pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "utf-16"])
def test_character_sets(read, charset):
    body = "".join(f"<p>{n}. The council’s café – it cost £{n}.</p>" for n in range(1, 5))
    head = f"<meta charset='{charset}'>" if charset != "utf-16" else ""
    assert texts(read(page(body, head).encode(charset)))["3"] == "The council’s café – it cost £3."


def test_facts_are_read_from_the_page_and_can_be_stated(tmp_path):
    path = tmp_path / "report.html"
    body = "".join(f"<p>{n}. {prose(n)}</p>" for n in range(1, 5))
    front = "<h1>Inspection of services</h1><p>Anytown Borough Council</p><p>Published: 3 May 2019</p>"
    path.write_text(page(f"{front}<h2>Findings</h2>{body}"), encoding="utf-8")
    facts = read_report(path, "made", {}).report.metadata
    assert (facts.title, facts.authority, facts.published) == (
        "A report on the town of Any",
        "Anytown Borough Council",
        "2019-05-03",
    )
    stated = read_report(path, "made", {"title": "Other", "published": "2020-01-01"}).report.metadata
    assert (stated.title, stated.authority, stated.published) == (
        "Other",
        "Anytown Borough Council",
        "2020-01-01",
    )


@pytest.mark.parametrize("text", ["   \n", "<html><body><script>1</script></body></html>"])
def test_a_page_without_text_says_so(read, text):
    with pytest.raises(ReadError, match=r"is empty|holds no text"):
        read(text)


# --- Markdown


def test_markdown_keeps_numbers_as_they_are_typed(read):
    body = "\n".join(f"{n}. {prose(n)}" for n in (1, 2, 3, 5, 6))
    found = read(f"# A report\n\n## Findings\n\n{body}\n", "report.md")
    assert texts(found) == {str(n): prose(n) for n in (1, 2, 3, 5, 6)}
    assert found.gaps == ("4",)


def test_markdown_by_chapter_with_and_without_blank_lines(read):
    body = "\n".join(
        [
            f"## {c}. Chapter\n\n" + "\n".join(f"{c}.{n} {prose(c * 20 + n, 1)}" for n in range(1, 12)) + "\n"
            for c in (1, 2)
        ]
    )
    found = read(body, "report.md")
    assert texts(found) == {f"{c}.{n}": prose(c * 20 + n, 1) for c in (1, 2) for n in range(1, 12)}


def test_markdown_notes_are_kept_apart(read):
    body = "\n\n".join(f"{n}. {prose(n)}[^{n}]" for n in range(1, 6))
    notes = "\n".join(f"[^{n}]: A note that is long enough to be a paragraph." for n in range(1, 6))
    assert texts(read(f"{body}\n\n{notes}\n", "report.md")) == numbered(1, 5)
