import pytest

from qa.note.dates import day, period


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2012-07-10", "10 July 2012"), ("2011-01-01", "1 January 2011"), ("July 2012", "July 2012"), ("", "")],
)
def test_a_day_is_written_out(iso, shown):
    assert day(iso) == shown


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2012-05-21/2012-06-01", "21 May – 1 June 2012"),
        ("2012-05-21/2012-05-25", "21 – 25 May 2012"),
        ("2012-12-30/2013-01-02", "30 December 2012 – 2 January 2013"),
        ("2012-05-21", "21 May 2012"),
        ("21 May – 1 June 2012", "21 May – 1 June 2012"),
    ],
)
def test_a_period_is_written_out(iso, shown):
    assert period(iso) == shown
