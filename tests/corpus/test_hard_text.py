"""Plain text files as they come out of other programs."""

import textwrap

import pytest

from corpus.readers.document import ReadError
from tests.corpus import made
from tests.corpus.made import numbered, prose, texts


@pytest.fixture
def read(tmp_path):
    def reader(text):
        path = tmp_path / "report.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return made.read(path)

    return reader


def wrapped(label, text, hang=4):
    return textwrap.fill(text, 76, initial_indent=f"{label:<{hang}}", subsequent_indent=" " * hang)


def test_a_line_each(read):
    lines = [f"{n}. {prose(n)}" for n in range(1, 12)]
    found = read("A report on the town\n\nFindings\n\n" + "\n".join(lines))
    assert texts(found) == numbered(1, 11)
    assert found.report.get("3").section == ("Findings",)


def test_hard_wrapped_lines_with_hanging_numbers(read):
    assert texts(read("\n\n".join(wrapped(f"{n}.", prose(n)) for n in range(1, 12)))) == numbered(1, 11)


def test_numbers_without_a_stop(read):
    assert texts(read("\n\n".join(wrapped(str(n), prose(n)) for n in range(1, 12)))) == numbered(1, 11)


def test_pages_with_heads_feet_and_numbers(read):
    pages = []
    for k in range(4):
        body = "\n\n".join(wrapped(f"{n}.", prose(n)) for n in range(3 * k + 1, 3 * k + 4))
        pages.append(f"Inspection of Anytown\n\n{body}\n\n{k + 1}\n")
    found = read("\f".join(pages))
    assert texts(found) == numbered(1, 12)
    assert sum(s.kind == "running" for s in found.report.layout) >= 8


def test_a_paragraph_that_runs_over_a_page(read):
    first, _, second = prose(2).partition(" planned ")
    pages = [f"1. {prose(1)}\n\n2. {first}", f"planned {second}\n\n3. {prose(3)}\n\n4. {prose(4)}"]
    assert {n: " ".join(t.split()) for n, t in texts(read("\f".join(pages))).items()} == numbered(1, 4)


def test_a_contents_page_with_leaders(read):
    contents = "\n".join(
        f"{n}. {name} {'.' * 40} {n + 1}" for n, name in enumerate(["Introduction", "Findings"], 1)
    )
    body = "\n\n".join(wrapped(f"{n}.", prose(n)) for n in range(1, 8))
    found = read(f"A report\n\nContents\n\n{contents}\n\nIntroduction\n\n{body}\n")
    assert texts(found) == numbered(1, 7)


def test_an_annex_that_counts_from_1_again(read):
    body = "\n\n".join(wrapped(f"{n}.", prose(n)) for n in range(1, 8))
    annex = "\n\n".join(wrapped(f"{n}.", prose(n + 30)) for n in range(1, 5))
    found = read(f"Findings\n\n{body}\n\nAnnex A\n\n{annex}\n")
    assert texts(found) == numbered(1, 7) | {f"A{n}": prose(n + 30) for n in range(1, 5)}


def test_numbers_by_chapter_are_read_whole(read):
    body = "\n\n".join(
        f"{c}. CHAPTER\n\n" + "\n\n".join(wrapped(f"{c}.{n}", prose(20 * c + n, 1), 6) for n in range(1, 12))
        for c in (1, 2, 3)
    )
    found = read(body)
    assert texts(found) == {f"{c}.{n}": prose(20 * c + n, 1) for c in (1, 2, 3) for n in range(1, 12)}
    assert found.report.get("3.10").text == prose(70, 1)


def test_years_at_the_beginning_of_lines(read):
    body = "\n\n".join(
        f"{n}. {prose(n, 1)} That was in the year\n2012. The next year was better." for n in range(1, 9)
    )
    assert texts(read(body)) == {
        str(n): f"{prose(n, 1)} That was in the year 2012. The next year was better." for n in range(1, 9)
    }


def test_other_character_sets(read):
    body = "\n\n".join(f"{n}. The council’s plan – it cost £{n} a head in all." for n in range(1, 6))
    expected = {str(n): f"The council’s plan – it cost £{n} a head in all." for n in range(1, 6)}
    assert texts(read(body.encode("cp1252"))) == expected
    assert texts(read(body.encode("utf-16"))) == expected


def test_an_empty_file_says_so(read):
    with pytest.raises(ReadError, match="is empty"):
        read("")


def test_a_binary_file_says_so(read):
    with pytest.raises(ReadError, match="not a text file"):
        read(b"1. a\0\0\0b")
