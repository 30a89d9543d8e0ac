import hashlib
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np
import pytest

from index import manifest as manifests
from index import store
from index.errors import IndexMissingError, IndexRefusedError, IndexStaleError, IndexUnusableHomeError

FILES = ("fitted.npy", "leaning.npy", "manifest.json", "passages.jsonl", "placing.npy", "vectors.faiss")
SUPPORT = Path(__file__).with_name("conftest.py")


@pytest.fixture
def saved(index, tmp_path):
    """The folder of a saved index."""
    return tmp_path / "indexes" / "sample"


def forge(saved, sealed, **changes):
    """Change the manifest and seal it again."""
    content = json.loads((saved / "manifest.json").read_text())
    (saved / "manifest.json").write_text(sealed({**content, **changes}))


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_index_is_six_files(saved):
    assert sorted(path.name for path in saved.iterdir()) == list(FILES)


def test_a_saved_index_is_loaded_as_it_was_built(index, report, expansions, encoder, tmp_path):
    loaded = store.load(report, expansions, encoder, tmp_path)
    query = "How many foster carers?"
    assert (loaded.id, loaded.search(query)) == (index.id, index.search(query))


def test_building_twice_gives_the_same_bytes(saved, report, expansions, encoder, tmp_path):
    before = bytes_of(saved)
    store.build(report, expansions, encoder, tmp_path)
    assert bytes_of(saved) == before


def test_the_manifest_says_what_made_the_index(index, report, tmp_path):
    manifest = store.read_manifest("sample", tmp_path)
    assert (manifest.report, manifest.encoder, manifest.fingerprint) == ("sample", "bag of words", "bag-1")
    assert (manifest.dimension, manifest.format_version) == (256, manifests.FORMAT_VERSION)
    probes = {"answered": 0, "unanswered": 0}
    assert manifest.counts == {"paragraph": 4, "sentence": 12, "question": 3, "row": 4, **probes}
    assert manifest.id == index.id


def test_passages_are_saved_one_a_line(saved):
    lines = (saved / "passages.jsonl").read_text().splitlines()
    assert len(lines) == 23
    assert json.loads(lines[5]) == {
        "kind": "sentence",
        "paragraph": "1",
        "start": 38,
        "end": 62,
        "text": "It has 50 foster carers.",
    }


def test_nothing_saved_yet_is_missing_and_loading_makes_nothing(report, expansions, encoder, tmp_path):
    with pytest.raises(IndexMissingError, match="no index of 'sample'"):
        store.load(report, expansions, encoder, tmp_path / "home")
    assert list(tmp_path.iterdir()) == []


def test_ensure_builds_what_is_missing_and_says_so(report, expansions, encoder, tmp_path):
    told = []
    store.ensure(report, expansions, encoder, tmp_path, progress=told.append)
    assert told[0].startswith("There is no index of 'sample'")
    assert told[1:] == [
        "Encoding texts: 0 of 23",
        "Fitting the map from everyday questions to sentences.",
        "Learning from 3 questions where the report answers them.",
        "The index of 'sample' is ready: 23 passages.",
    ]


def test_ensure_loads_what_fits_without_a_word(saved, report, expansions, encoder, tmp_path):
    told, before = [], bytes_of(saved)
    store.ensure(report, expansions, encoder, tmp_path, progress=told.append)
    assert (told, bytes_of(saved)) == ([], before)


# Out of date: rebuilt


def test_an_edited_report_makes_the_index_stale_and_ensure_rebuilds_it(
    index, other_report, encoder, tmp_path
):
    with pytest.raises(IndexStaleError, match="the report or its questions have changed"):
        store.load(other_report, (), encoder, tmp_path)
    told = []
    rebuilt = store.ensure(other_report, (), encoder, tmp_path, progress=told.append)
    assert "out of date" in told[0]
    assert rebuilt.id != index.id
    assert rebuilt.search("134", legs=["words"])[0].paragraph == "1"


def test_changed_questions_make_the_index_stale(index, report, expansions, encoder, tmp_path):
    with pytest.raises(IndexStaleError, match="questions have changed"):
        store.load(report, expansions[:1], encoder, tmp_path)


@pytest.mark.parametrize(
    ("attribute", "message"),
    [("name", "made by the encoder 'bag of words', expected 'x'"), ("fingerprint", "have changed")],
)
def test_another_encoder_makes_the_index_stale(
    index, report, expansions, encoder, tmp_path, attribute, message
):
    setattr(encoder, attribute, "x")
    with pytest.raises(IndexStaleError, match=message):
        store.load(report, expansions, encoder, tmp_path)
    assert store.ensure(report, expansions, encoder, tmp_path).id != index.id


def test_an_older_format_version_is_stale_and_rebuilt(saved, sealed, report, expansions, encoder, tmp_path):
    forge(saved, sealed, format_version=0)
    with pytest.raises(IndexStaleError, match="format version 0, expected 4"):
        store.load(report, expansions, encoder, tmp_path)
    store.ensure(report, expansions, encoder, tmp_path)
    assert store.read_manifest("sample", tmp_path).format_version == 4


# Foreign, truncated or tampered with: refused


def refused(report, expansions, encoder, home):
    """Both ways in refuse, say the command, and leave everything as it was."""
    before = bytes_of(home / "indexes" / "sample")
    with pytest.raises(IndexRefusedError) as error:
        store.load(report, expansions, encoder, home)
    with pytest.raises(IndexRefusedError):
        store.ensure(report, expansions, encoder, home)
    assert f"python -m index build --report sample --home {home}" in str(error.value)
    assert bytes_of(home / "indexes" / "sample") == before
    return str(error.value)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0.0, 0.3, 0.6, 1.0])
def test_a_flipped_bit_anywhere_is_refused(saved, report, expansions, encoder, tmp_path, name, place):
    content = bytearray((saved / name).read_bytes())
    content[int(place * (len(content) - 1))] ^= 1
    (saved / name).write_bytes(content)
    assert name in refused(report, expansions, encoder, tmp_path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("length", [0, 1, -1])
def test_a_truncated_file_is_refused(saved, report, expansions, encoder, tmp_path, name, length):
    (saved / name).write_bytes((saved / name).read_bytes()[:length])
    assert name in refused(report, expansions, encoder, tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_lengthened_file_is_refused(saved, report, expansions, encoder, tmp_path, name):
    (saved / name).write_bytes((saved / name).read_bytes() + b"\n")
    assert name in refused(report, expansions, encoder, tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_removed_file_is_refused(saved, report, expansions, encoder, tmp_path, name):
    (saved / name).unlink()
    assert f"{name} is missing" in refused(report, expansions, encoder, tmp_path)


def test_a_folder_in_the_place_of_a_file_is_refused(saved, report, expansions, encoder, tmp_path):
    (saved / "vectors.faiss").unlink()
    (saved / "vectors.faiss").mkdir()
    with pytest.raises(IndexRefusedError, match=r"vectors\.faiss is missing"):
        store.load(report, expansions, encoder, tmp_path)


def test_a_folder_of_somebody_elses_files_is_refused(report, expansions, encoder, tmp_path):
    folder = tmp_path / "indexes" / "sample"
    folder.mkdir(parents=True)
    (folder / "index.faiss").write_bytes(b"faiss")
    (folder / "index.pkl").write_bytes(b"pickle")
    assert "manifest.json is missing" in refused(report, expansions, encoder, tmp_path)


def test_a_manifest_of_another_program_is_refused(saved, report, expansions, encoder, tmp_path):
    (saved / "manifest.json").write_text('{"format": "other", "version": 1}')
    assert "its format is 'other'" in refused(report, expansions, encoder, tmp_path)


def test_the_index_of_another_report_is_refused(saved, report, expansions, encoder, tmp_path):
    other = replace(report, metadata=replace(report.metadata, id="other"))
    store.build(other, expansions, encoder, tmp_path)
    for name in FILES:
        (saved / name).write_bytes((tmp_path / "indexes" / "other" / name).read_bytes())
    assert "index of another report, 'other'" in refused(report, expansions, encoder, tmp_path)


def test_vectors_of_another_size_are_refused_even_if_every_hash_fits(
    saved, sealed, report, expansions, encoder, tmp_path
):
    vectors = faiss.IndexFlatIP(8)
    vectors.add(np.zeros((23, 8), dtype=np.float32))
    faiss.write_index(vectors, str(saved / "vectors.faiss"))
    forge(saved, sealed, files=hashes(saved))
    assert "do not belong together" in refused(report, expansions, encoder, tmp_path)


def hashes(saved):
    return {
        name: hashlib.sha256((saved / name).read_bytes()).hexdigest()
        for name in FILES
        if name != "manifest.json"
    }


def test_a_manifest_that_lists_too_few_files_is_refused(saved, sealed, report, expansions, encoder, tmp_path):
    forge(saved, sealed, files={})
    assert "do not belong together" in refused(report, expansions, encoder, tmp_path)


def test_a_manifest_that_points_outside_its_folder_is_refused(
    saved, sealed, report, expansions, encoder, tmp_path
):
    forge(saved, sealed, files={"../../secret": "0" * 64})
    assert "outside its folder" in refused(report, expansions, encoder, tmp_path)


def test_a_tampered_index_of_an_older_format_is_refused_and_not_rebuilt(
    saved, sealed, report, expansions, encoder, tmp_path
):
    forge(saved, sealed, format_version=0)
    (saved / "vectors.faiss").write_bytes(b"changed")
    refused(report, expansions, encoder, tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_building_replaces_what_was_refused(saved, report, expansions, encoder, tmp_path, name):
    before = bytes_of(saved)
    (saved / name).write_bytes(b"changed")
    store.build(report, expansions, encoder, tmp_path)
    assert bytes_of(saved) == before


# Killed and simultaneous builds


class Failing:
    """An encoder that gives up in the middle."""

    name, dimension, fingerprint = "failing", 256, "f"

    def encode(self, texts):
        raise KeyboardInterrupt


def test_a_build_that_breaks_off_leaves_the_old_index_usable(
    index, saved, report, expansions, encoder, tmp_path
):
    before = bytes_of(saved)
    with pytest.raises(KeyboardInterrupt):
        store.build(report, (), Failing(), tmp_path)
    assert bytes_of(saved) == before
    assert store.load(report, expansions, encoder, tmp_path).id == index.id


SCRIPT = """
import os, runpy, sys
from pathlib import Path
support, home, log, die = sys.argv[1:]
made = runpy.run_path(support)

class Encoder(made["FakeEncoder"]):
    def encode(self, texts):
        if len(texts) > 1:
            with open(log, "a") as file:
                file.write("build\\n")
            if die == "die":
                os._exit(9)
        return super().encode(texts)

from index import store
index = store.ensure(made["sample_report"](), made["sample_expansions"](), Encoder(), Path(home))
print(index.id, index.search("How many foster carers?")[0].paragraph)
"""


def start(home, log, *, die=False):
    command = [sys.executable, "-c", SCRIPT, str(SUPPORT), str(home), str(log), "die" if die else "live"]
    environment = {**os.environ, "PYTHONPATH": str(Path(store.__file__).parents[1])}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_two_processes_at_once_build_once_and_both_get_the_index(tmp_path):
    log = tmp_path / "log"
    processes = [start(tmp_path / "home", log) for _ in range(3)]
    outputs = [process.communicate(timeout=120)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert log.read_text() == "build\n"
    assert outputs[0] == outputs[1] == outputs[2]
    assert outputs[0][1] == "1"


def test_a_process_that_dies_in_a_build_neither_blocks_nor_spoils_the_next(tmp_path):
    log = tmp_path / "log"
    dead = start(tmp_path / "home", log, die=True)
    dead.communicate(timeout=120)
    assert dead.returncode == 9
    alive = start(tmp_path / "home", log)
    assert alive.communicate(timeout=120)[0].split()[1] == "1"
    assert alive.returncode == 0


# Beside the index


def test_words_that_were_counted_lie_beside_the_index_and_are_counted_again_if_they_are_changed(
    index, report, expansions, encoder, tmp_path
):
    query = "How many foster carers?"
    path = store.memo_file("sample", tmp_path, "words")
    written = path.read_bytes()
    path.write_bytes(written.replace(b"foster", b"zebra "))
    assert store.load(report, expansions, encoder, tmp_path).search(query) == index.search(query)
    assert path.read_bytes() == written


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no folder of which a file is open")
def test_an_index_is_read_although_another_process_holds_its_lock(
    index, report, expansions, encoder, tmp_path, monkeypatch
):
    monkeypatch.setattr(store, "steady", lambda folder: pytest.fail("waited for the lock"))
    assert store.load(report, expansions, encoder, tmp_path).id == index.id


def test_what_does_not_fit_together_is_read_again_under_the_lock(saved, tmp_path, monkeypatch):
    manifest = (saved / "manifest.json").read_bytes()
    (saved / "manifest.json").write_bytes(b"half replaced")

    @contextmanager
    def steady(folder):
        (folder / "manifest.json").write_bytes(manifest)
        yield

    monkeypatch.setattr(store, "steady", steady)
    assert store.read_manifest("sample", tmp_path).report == "sample"


# The data directory


def test_a_data_directory_that_cannot_be_written_is_named_with_what_to_do(
    report, expansions, encoder, tmp_path
):
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnusableHomeError, match="Set QA_HOME to a folder that can be written"):
        store.ensure(report, expansions, encoder, tmp_path / "file")


def test_an_index_can_be_used_where_nothing_can_be_written(
    index, report, expansions, encoder, tmp_path, monkeypatch
):
    locks = list((tmp_path / "indexes").glob(".*"))
    for lock in locks:
        lock.unlink()
    monkeypatch.setattr("os.access", lambda *_: False)
    assert store.load(report, expansions, encoder, tmp_path).id == index.id
    assert [path.name for path in (tmp_path / "indexes").iterdir()] == ["sample"]


def test_the_default_data_directory_is_left_out_of_the_command(tmp_path, monkeypatch):
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    assert store.build_command("sample", tmp_path) == "python -m index build --report sample"
    assert store.build_command("sample", tmp_path / "a b").endswith(f"--home '{tmp_path}/a b'")
