import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import manifest as manifests
from index.manifest import Manifest, ManifestError

MANIFEST = Manifest(
    report="sample",
    corpus="c" * 64,
    encoder="bag of words",
    fingerprint="bag-1",
    dimension=256,
    counts={"paragraph": 4, "sentence": 12},
    files={"passages.jsonl": "a" * 64, "vectors.faiss": "b" * 64},
)
TEXT = manifests.render(MANIFEST)


def test_a_manifest_is_read_back_as_it_was_written():
    assert manifests.read(TEXT) == MANIFEST


@given(st.text(), st.text(), st.integers(1), st.dictionaries(st.text(), st.integers(0)))
def test_any_manifest_is_read_back_as_it_was_written(report, encoder, dimension, counts):
    manifest = Manifest(report, "c", encoder, "f", dimension, counts, {})
    assert manifests.read(manifests.render(manifest)) == manifest


@given(st.integers(0, len(TEXT) - 1), st.characters(codec="ascii"))
def test_a_change_of_any_one_character_is_noticed(place, character):
    changed = TEXT[:place] + character + TEXT[place + 1 :]
    if changed != TEXT:
        with pytest.raises(ManifestError):
            manifests.read(changed)


@given(st.integers(0, len(TEXT) - 1))
def test_a_manifest_cut_short_anywhere_is_noticed(length):
    with pytest.raises(ManifestError):
        manifests.read(TEXT[:length])


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": "other"}', '"report-qa-index"'])
def test_what_is_not_a_manifest_of_ours_is_refused(text):
    with pytest.raises(ManifestError):
        manifests.read(text)


def test_an_edited_value_is_noticed_even_if_the_json_is_as_tidy_as_before():
    content = {**json.loads(TEXT), "encoder": "another"}
    with pytest.raises(ManifestError, match="changed after it was written"):
        manifests.read(json.dumps(content, indent=1, sort_keys=True) + "\n")


def test_the_manifest_of_another_format_version_can_still_be_told_to_be_ours(sealed):
    other = manifests.read(sealed({**json.loads(TEXT), "format_version": 0, "a_field_since_dropped": 1}))
    assert (other.format_version, other.report, other.files) == (0, "sample", MANIFEST.files)


@pytest.mark.parametrize("change", [{"format_version": 0, "files": 1}, {"format_version": "x"}, {"extra": 1}])
def test_a_sealed_manifest_with_the_wrong_fields_is_refused(sealed, change):
    with pytest.raises(ManifestError, match=r"list its files|its fields"):
        manifests.read(sealed({**json.loads(TEXT), **change}))


def test_the_id_names_what_the_index_was_made_of():
    same = Manifest("sample", "c" * 64, "bag of words", "bag-1", 256, {}, {})
    other = Manifest("sample", "d" * 64, "bag of words", "bag-1", 256, {}, {})
    assert MANIFEST.id == same.id != other.id
    assert len(MANIFEST.id) == 12
