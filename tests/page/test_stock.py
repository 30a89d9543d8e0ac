"""Reports that come and go while the page is served."""

import threading

import pytest

from corpus import adding
from corpus.errors import CorpusError
from corpus.library import DEFAULT_REPORT, load, report_ids
from evals.siblings.benchmark import siblings
from qa.build import assemble, gathered
from qa.errors import QAError
from qa.page.stock import SET, SHIPPED, Stock
from qa.settings import Settings
from qa.shelf import Shelf, Shelves
from tests.qa.conftest import BagEncoder

CARERS = "How many foster carers does the council have?"
ANYTOWN, FIRST, _ = siblings()


class Shop:
    """A stock over a home of its own, and what went into making it."""

    def __init__(self, home, **options):
        self.home = home
        self.settings = Settings(home=home)
        self.encoded = []
        self.fails = None
        self.stock = Stock(
            Shelves(Shelf(load(), (), (DEFAULT_REPORT,))),
            self.make,
            lambda reports, make: gathered(reports, make, self.settings),
            home=home,
            **options,
        )

    def make(self, report, progress):
        if report.id == self.fails:
            progress("Encoding texts: 0 of 10")
            (self.home / "indexes" / report.id).mkdir(parents=True)
            raise OSError(28, "No space left on device")
        self.encoded.append(report.id)
        return assemble(report, (), BagEncoder(), self.settings, progress=progress)

    def started(self):
        self.stock.service.start()
        self.stock.service.wait()
        return self.stock

    def traces(self):
        """What there is in the home that has to do with the report."""
        return sorted(str(p.relative_to(self.home)) for p in self.home.rglob("*") if ANYTOWN.id in p.name)


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    return Shop(tmp_path)


def quiet(_):
    pass


def test_a_report_is_asked_as_soon_as_it_is_added_and_only_it_is_indexed(shop):
    stock = shop.started()
    before = stock.service.ask(CARERS)
    assert before.reports == ()
    first = stock.service.index_id
    said = []
    stock.add(ANYTOWN, said.append)
    assert shop.encoded == [DEFAULT_REPORT, ANYTOWN.id]
    assert any(line.startswith("Encoding texts: 0 of ") for line in said)
    assert report_ids() == (ANYTOWN.id, DEFAULT_REPORT)
    assert stock.shelves.now.chosen == (DEFAULT_REPORT,)
    assert stock.service.index_id.split()[0] == first
    answer = stock.service.ask(CARERS, reports=[ANYTOWN.id])
    assert {c.evidence.report for s in answer.statements for c in s.citations} == {ANYTOWN.id}
    assert adding.kept(shop.home / "reports" / ANYTOWN.id) == ANYTOWN


def test_a_removed_report_leaves_nothing_behind_and_the_rest_as_it_was(shop):
    stock = shop.started()
    asked = stock.service.ask(CARERS)
    stock.add(ANYTOWN, quiet)
    assert shop.traces()
    stock.remove(ANYTOWN.id)
    assert shop.traces() == []
    assert (report_ids(), stock.shelves.now.several) == ((DEFAULT_REPORT,), False)
    assert stock.service.ask(CARERS).statements == asked.statements
    stock.add(ANYTOWN, quiet)
    assert stock.shelves.now.get(ANYTOWN.id) == ANYTOWN


def test_a_failure_half_way_leaves_the_library_as_it_was(shop):
    stock = shop.started()
    asker, shelf = stock.service.briefer(), stock.shelves.now
    shop.fails = ANYTOWN.id
    with pytest.raises(OSError, match="No space left"):
        stock.add(ANYTOWN, quiet)
    assert shop.traces() == []
    assert stock.shelves.now is shelf
    assert stock.service.briefer() is asker
    shop.fails = None
    stock.add(ANYTOWN, quiet)


def test_an_id_that_another_program_has_used_meanwhile_is_told_and_its_report_is_left_alone(shop):
    stock = shop.started()
    adding.keep(ANYTOWN, shop.home / "reports")
    with pytest.raises(QAError, match="There is a report called anytown-2013 by now"):
        stock.add(ANYTOWN, quiet)
    assert load(ANYTOWN.id) == ANYTOWN


def test_what_comes_with_the_program_or_is_set_is_not_removed(tmp_path, monkeypatch):
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    stock = Shop(tmp_path, set_reports=(FIRST.id,)).started()
    stock.add(FIRST, quiet)
    for report_id, said in ((DEFAULT_REPORT, SHIPPED), (FIRST.id, SET), ("nowhere", "no such report")):
        with pytest.raises(QAError) as refused:
            stock.remove(report_id)
        assert said in str(refused.value)
    assert len(report_ids()) == 2


def test_what_another_program_has_removed_goes_from_the_page_too(shop):
    stock = shop.started()
    stock.add(ANYTOWN, quiet)
    adding.remove(ANYTOWN.id)
    stock.remove(ANYTOWN.id)
    assert stock.shelves.now.get(ANYTOWN.id) is None


def test_where_it_cannot_be_taken_out_of_another_index_it_stays_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("QA_HOME", str(tmp_path))

    def unreachable(report_id):
        raise CorpusError(f"no server for {report_id}")

    stock = Shop(tmp_path, forget=unreachable).started()
    stock.add(ANYTOWN, quiet)
    with pytest.raises(CorpusError, match="no server for anytown-2013"):
        stock.remove(ANYTOWN.id)
    assert stock.shelves.now.get(ANYTOWN.id) == load(ANYTOWN.id)


def test_questions_are_answered_while_a_report_is_added(shop):
    stock = shop.started()
    halfway, go = threading.Event(), threading.Event()

    def progress(line):
        halfway.set()
        assert go.wait(30)

    thread = threading.Thread(target=stock.add, args=(ANYTOWN, progress))
    thread.start()
    assert halfway.wait(30)
    assert stock.service.ask(CARERS).text
    assert not stock.shelves.now.several
    go.set()
    thread.join(60)
    assert stock.shelves.now.several


def test_a_page_that_cannot_answer_takes_no_reports(shop):
    shop.fails = DEFAULT_REPORT
    stock = shop.started()
    with pytest.raises(QAError, match="Reports cannot be added now: "):
        stock.add(ANYTOWN, quiet)
    assert report_ids() == (DEFAULT_REPORT,)
