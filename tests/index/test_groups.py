import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.groups import NONE, Groups

scores = st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.25, 0.5]), min_size=1, max_size=12)


@given(scores, st.data())
def test_the_best_row_of_each_group_is_the_first_with_the_highest_score(values, data):
    rows = st.lists(st.integers(0, len(values) - 1), max_size=5)
    groups = data.draw(st.lists(rows, max_size=6))
    best = Groups([np.array(group, dtype=np.intp) for group in groups]).best(np.array(values))
    expected = [max(group, key=lambda row: values[row]) if group else NONE for group in groups]
    assert best.tolist() == expected


def test_no_groups_have_no_best_rows():
    assert Groups([]).best(np.array([0.5])).tolist() == []
