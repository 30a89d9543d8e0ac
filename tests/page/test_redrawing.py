"""The page that is served after reports have come or gone; in a process of its own, as Gradio leaves loops behind."""

import json
import subprocess
import sys

import pytest

from tests.page.conftest import ROOT

CODE = """if True:
    import json
    from corpus.library import DEFAULT_REPORT, load
    from evals.siblings.benchmark import siblings
    from qa.page.components import build_page
    from qa.page.events import Events
    from qa.page.markup import NOTHING
    from qa.shelf import Shelf, Shelves

    anytown = siblings()[0]
    shelves = Shelves(Shelf(load(), (), (DEFAULT_REPORT,)))
    page, redrawing = build_page(Events(shelves, None, None, None), None, NOTHING)
    shelves.watch(redrawing.draw)

    def served():
        parts = {one["props"].get("elem_id"): one["props"] for one in page.config["components"]}
        return {"title": page.config["title"], **json.loads(json.dumps(parts))}

    shelves.put(shelves.now.holding(anytown))
    with_it = served()
    shelves.put(shelves.now.without(anytown.id))
    ticks = next(one for one in page.blocks.values() if one.elem_id == "reports")
    print(json.dumps([with_it, served(), ticks.preprocess([anytown.id])]))
"""


@pytest.fixture(scope="module")
def served():
    done = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_whoever_loads_the_page_sees_the_reports_that_there_are_then(served):
    added, removed, _ = served
    assert added["reports"]["visible"]
    assert added["reports"]["choices"] == [
        ["Kingston 2012", "kingston-2012"],
        ["Anytown 2013", "anytown-2013"],
    ]
    assert added["reports"]["value"] == ["kingston-2012"]
    assert added["reports-hint"]["visible"]
    assert "Anytown 2013" in added["top"]["value"]
    assert 'value="anytown-2013"' in added["report"]["value"]
    assert added["title"] == "Ask 2 reports"
    assert not removed["reports"]["visible"]
    assert "Anytown" not in json.dumps(removed)


def test_a_page_that_was_loaded_earlier_may_still_send_what_is_gone(served):
    assert served[2] == ["anytown-2013"]
